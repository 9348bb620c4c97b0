import { graphql } from "@/graphql";

export const DispatchLineParts = graphql(`
  fragment DispatchLineParts on Dispatch {
    id
    state
    version
    requiredVersion
    isMustRead
    isUrgent
    recipientCount
    createdAt
    scheduledFor
    sentAt
    withdrawnAt
    language
    sender {
      id
      name
    }
    unit {
      id
      name
    }
    texts {
      language
      title
    }
    viewerRelation {
      isSender
      isHelper
      isRecipient
      hasCopy
      isAuditor
    }
    viewerDuty {
      dueAt
      seenVersion
      acknowledgedVersion
    }
    progress {
      delivered
      acknowledged
      overdue
    }
  }
`);

export const DispatchesQuery = graphql(`
  query Dispatches($box: DispatchBox!, $first: Int!, $after: String) {
    dispatches(box: $box, first: $first, after: $after) {
      nodes {
        ...DispatchLineParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** What decides which lists and buttons somebody gets. */
export const LineRightsQuery = graphql(`
  query LineRights {
    lineRights {
      source
      needsRoles
      unit {
        id
        name
      }
      roles {
        role
        count
      }
    }
    viewerCanAuditDispatches
  }
`);

export const ExchangeParts = graphql(`
  fragment ExchangeParts on DispatchThread {
    theme
    isAnswered
    person {
      id
      ...PersonParts
    }
    unit {
      id
      name
    }
    messages {
      id
      bodyHtml
      sentAt
      author {
        id
        name
      }
    }
  }
`);

export const DutyParts = graphql(`
  fragment DutyParts on DispatchDuty {
    dueAt
    seenVersion
    seenAt
    acknowledgedVersion
    acknowledgedAt
  }
`);

export const ProgressParts = graphql(`
  fragment ProgressParts on DispatchProgress {
    delivered
    seen
    acknowledged
    overdue
  }
`);

export const DispatchParts = graphql(`
  fragment DispatchParts on Dispatch {
    id
    clientId
    state
    version
    requiredVersion
    isMustRead
    isUrgent
    needsSignature
    takesAnswers
    workingHours
    joinerDays
    recipientCount
    rightSource
    language
    targetRoles
    createdAt
    scheduledFor
    sentAt
    withdrawnAt
    remindedAt
    sender {
      id
      ...PersonParts
    }
    unit {
      id
      name
    }
    targetUnits {
      id
      name
    }
    targetAudience {
      id
      name
    }
    texts {
      version
      language
      title
      bodyHtml
      bodySource
    }
    talkingPoints {
      language
      html
      source
    }
    versions {
      number
      isMaterial
      madeAt
    }
    questions {
      language
      prompt
      options
    }
    questionKeys {
      language
      prompt
      options
      right
    }
    helpers {
      id
      ...PersonParts
    }
    viewerRelation {
      isSender
      isHelper
      isRecipient
      hasCopy
      isAuditor
    }
    viewerDuty {
      ...DutyParts
    }
    viewerThread {
      ...ExchangeParts
    }
    progress {
      ...ProgressParts
    }
  }
`);

export const DispatchQuery = graphql(`
  query Dispatch($id: ID!) {
    dispatch(id: $id) {
      ...DispatchParts
    }
  }
`);

export const DispatchChangesQuery = graphql(`
  query DispatchChanges($id: ID!, $since: Int!, $language: String!) {
    dispatch(id: $id) {
      id
      changes(since: $since, language: $language) {
        html
        changedWords
      }
    }
  }
`);

export const UnitProgressQuery = graphql(`
  query DispatchUnitProgress($id: ID!, $parentId: ID) {
    dispatch(id: $id) {
      id
      progress {
        ...ProgressParts
      }
      unitProgress(parentId: $parentId) {
        unit {
          id
          name
        }
        progress {
          ...ProgressParts
        }
      }
    }
  }
`);

export const RecipientsQuery = graphql(`
  query DispatchRecipients(
    $id: ID!
    $filter: DispatchRecipientFilter!
    $first: Int!
    $after: String
  ) {
    dispatch(id: $id) {
      id
      recipients(filter: $filter, first: $first, after: $after) {
        totalCount
        nodes {
          role
          joinedLater
          person {
            id
            ...PersonParts
          }
          unit {
            id
            name
          }
          duty {
            ...DutyParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const ThreadsQuery = graphql(`
  query DispatchThreads($id: ID!, $theme: String, $openOnly: Boolean!, $first: Int!) {
    dispatch(id: $id) {
      id
      themes {
        theme
        count
      }
      threads(theme: $theme, openOnly: $openOnly, first: $first) {
        totalCount
        nodes {
          ...ExchangeParts
        }
      }
    }
  }
`);

export const PreviewQuery = graphql(`
  query DispatchPreview($target: DispatchTargetInput!) {
    dispatchPreview(target: $target) {
      recipientCount
      copyCount
      unitCount
      units(first: 8) {
        count
        unit {
          id
          name
        }
      }
    }
  }
`);

export const DispatchSaveMutation = graphql(`
  mutation DispatchSave($input: DispatchSaveInput!) {
    dispatchSave(input: $input) {
      dispatch {
        id
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchSendMutation = graphql(`
  mutation DispatchSend($input: DispatchSendInput!) {
    dispatchSend(input: $input) {
      dispatch {
        id
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchUnscheduleMutation = graphql(`
  mutation DispatchUnschedule($input: DispatchIdInput!) {
    dispatchUnschedule(input: $input) {
      dispatch {
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchDeleteMutation = graphql(`
  mutation DispatchDelete($input: DispatchIdInput!) {
    dispatchDelete(input: $input) {
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchReviseMutation = graphql(`
  mutation DispatchRevise($input: DispatchReviseInput!) {
    dispatchRevise(input: $input) {
      dispatch {
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchWithdrawMutation = graphql(`
  mutation DispatchWithdraw($input: DispatchIdInput!) {
    dispatchWithdraw(input: $input) {
      dispatch {
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchMarkSeenMutation = graphql(`
  mutation DispatchMarkSeen($input: DispatchMarkSeenInput!) {
    dispatchMarkSeen(input: $input) {
      dispatch {
        id
        viewerDuty {
          ...DutyParts
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchAcknowledgeMutation = graphql(`
  mutation DispatchAcknowledge($input: DispatchAcknowledgeInput!) {
    dispatchAcknowledge(input: $input) {
      dispatch {
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchAnswerMutation = graphql(`
  mutation DispatchAnswer($input: DispatchAnswerInput!) {
    dispatchAnswer(input: $input) {
      dispatch {
        ...DispatchParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchReplyMutation = graphql(`
  mutation DispatchReply($input: DispatchReplyInput!) {
    dispatchReply(input: $input) {
      reachedCount
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchSetThemeMutation = graphql(`
  mutation DispatchSetTheme($input: DispatchSetThemeInput!) {
    dispatchSetTheme(input: $input) {
      dispatch {
        id
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchMarkThreadReadMutation = graphql(`
  mutation DispatchMarkThreadRead($input: DispatchIdInput!) {
    dispatchMarkThreadRead(input: $input) {
      dispatch {
        id
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DispatchRemindMutation = graphql(`
  mutation DispatchRemind($input: DispatchIdInput!) {
    dispatchRemind(input: $input) {
      remindedCount
      dispatch {
        id
        remindedAt
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const LineGrantsQuery = graphql(`
  query LineGrants($first: Int!, $after: String) {
    lineGrants(first: $first, after: $after) {
      nodes {
        id
        right
        roles
        reason
        startsAt
        endsAt
        revokedAt
        person {
          id
          ...PersonParts
        }
        unit {
          id
          name
        }
        grantedBy {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LineGrantGiveMutation = graphql(`
  mutation LineGrantGive($input: LineGrantGiveInput!) {
    lineGrantGive(input: $input) {
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const LineGrantRevokeMutation = graphql(`
  mutation LineGrantRevoke($input: LineGrantRevokeInput!) {
    lineGrantRevoke(input: $input) {
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PersonalLooksQuery = graphql(`
  query PersonalLooks($first: Int!, $after: String) {
    personalLooks(first: $first, after: $after) {
      nodes {
        id
        kind
        lookedAt
        person {
          id
          name
          handle
        }
        dispatch {
          id
          language
          texts {
            language
            title
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LineQuestionParts = graphql(`
  fragment LineQuestionParts on LineQuestion {
    id
    isAnonymous
    isShared
    bodyHtml
    askedAt
    answerHtml
    answeredAt
    asker {
      id
      ...PersonParts
    }
    addressee {
      id
      name
    }
    unit {
      id
      name
    }
  }
`);

export const LineQuestionsQuery = graphql(`
  query LineQuestions($box: LineQuestionBox!, $first: Int!, $after: String) {
    lineQuestions(box: $box, first: $first, after: $after) {
      nodes {
        id
        ...LineQuestionParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const MyManagersQuery = graphql(`
  query MyManagers($personId: ID!) {
    personManagers(personId: $personId) {
      id
      name
      title
    }
  }
`);

export const LineQuestionAskMutation = graphql(`
  mutation LineQuestionAsk($input: LineQuestionAskInput!) {
    lineQuestionAsk(input: $input) {
      question {
        ...LineQuestionParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const LineQuestionRespondMutation = graphql(`
  mutation LineQuestionRespond($input: LineQuestionRespondInput!) {
    lineQuestionRespond(input: $input) {
      question {
        ...LineQuestionParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
