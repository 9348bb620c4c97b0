import { graphql } from "@/graphql";

/** One unit as a line of the chart. */
export const UnitParts = graphql(`
  fragment UnitParts on OrgUnit {
    id
    name
    kind
    childCount
    head {
      id
      name
    }
  }
`);

export const OrgRootsQuery = graphql(`
  query OrgRoots {
    orgUnits {
      ...UnitParts
    }
  }
`);

export const OrgChildrenQuery = graphql(`
  query OrgChildren($id: ID!, $first: Int!, $after: String) {
    orgUnit(id: $id) {
      id
      units(first: $first, after: $after) {
        totalCount
        nodes {
          ...UnitParts
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** How many people are in the units at the top; asked apart, so that no line waits for a number. */
export const OrgRootSizesQuery = graphql(`
  query OrgRootSizes {
    orgUnits {
      id
      peopleCount
    }
  }
`);

export const OrgSizesQuery = graphql(`
  query OrgSizes($id: ID!, $first: Int!, $after: String) {
    orgUnit(id: $id) {
      id
      units(first: $first, after: $after) {
        nodes {
          id
          peopleCount
        }
      }
    }
  }
`);

/** The way from the top down to a unit. */
export const OrgPathQuery = graphql(`
  query OrgPath($id: ID!) {
    orgUnit(id: $id) {
      id
      path {
        ...UnitParts
      }
    }
  }
`);

/** Units and people whose names fit. */
export const OrgFindQuery = graphql(`
  query OrgFind($query: String!) {
    orgUnitSearch(query: $query, first: 8) {
      id
      name
      kind
      parent {
        id
        name
      }
    }
    people(query: $query, first: 8) {
      nodes {
        ...PersonParts
      }
    }
  }
`);

/** When a unit is open, and which part of it comes from where. */
export const OpeningParts = graphql(`
  fragment OpeningParts on OrgUnit {
    id
    timeZone
    openingHours
    calendarId
    opening {
      timeZone
      timeZoneFrom {
        id
        name
      }
      weekly
      weeklyFrom {
        id
        name
      }
      calendar {
        id
        name
      }
      calendarFrom {
        id
        name
      }
      nextClosedDays(first: 3) {
        day
        name
      }
    }
  }
`);

/** Who stands in for the head of a unit. */
export const StandInsParts = graphql(`
  fragment StandInsParts on OrgUnit {
    id
    standIns {
      id
      startsAt
      endsAt
      person {
        ...PersonParts
      }
    }
  }
`);

export const OrgUnitQuery = graphql(`
  query OrgUnit($id: ID!) {
    orgUnit(id: $id) {
      id
      name
      kind
      code
      childCount
      path {
        id
        name
      }
      head {
        ...PersonParts
      }
      viewerCan {
        setTimes
        nameStandIns
      }
      ...OpeningParts
      ...StandInsParts
    }
  }
`);

/** How many people are in a unit and all below; counting a whole organisation takes a moment. */
export const OrgUnitSizeQuery = graphql(`
  query OrgUnitSize($id: ID!) {
    orgUnit(id: $id) {
      id
      peopleCount
    }
  }
`);

export const OrgMembersQuery = graphql(`
  query OrgMembers($id: ID!, $after: String) {
    orgUnit(id: $id) {
      id
      members(first: 50, after: $after) {
        totalCount
        nodes {
          role
          isHead
          person {
            ...PersonParts
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

export const OrgUnitSetTimesMutation = graphql(`
  mutation OrgUnitSetTimes($input: OrgUnitSetTimesInput!) {
    orgUnitSetTimes(input: $input) {
      orgUnit {
        ...OpeningParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const StandInNameMutation = graphql(`
  mutation StandInName($input: StandInNameInput!) {
    standInName(input: $input) {
      orgUnit {
        ...StandInsParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const StandInEndMutation = graphql(`
  mutation StandInEnd($input: StandInEndInput!) {
    standInEnd(input: $input) {
      orgUnit {
        ...StandInsParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

/** One calendar with all its days. */
export const CalendarParts = graphql(`
  fragment CalendarParts on Calendar {
    id
    name
    days {
      day
      name
    }
  }
`);

export const CalendarsQuery = graphql(`
  query Calendars {
    calendars {
      ...CalendarParts
    }
  }
`);

export const CalendarSaveMutation = graphql(`
  mutation CalendarSave($input: CalendarSaveInput!) {
    calendarSave(input: $input) {
      calendar {
        ...CalendarParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

/** A time somebody is away, as far as the viewer may know. */
export const AbsenceParts = graphql(`
  fragment AbsenceParts on Absence {
    id
    startsAt
    endsAt
    kind
    substitute {
      ...PersonParts
    }
  }
`);

export const PersonAbsencesQuery = graphql(`
  query PersonAbsences($personId: ID!) {
    personAbsences(personId: $personId) {
      ...AbsenceParts
    }
  }
`);

export const AbsenceAddMutation = graphql(`
  mutation AbsenceAdd($input: AbsenceAddInput!) {
    absenceAdd(input: $input) {
      absences {
        ...AbsenceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AbsenceChangeMutation = graphql(`
  mutation AbsenceChange($input: AbsenceChangeInput!) {
    absenceChange(input: $input) {
      absences {
        ...AbsenceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AbsenceRemoveMutation = graphql(`
  mutation AbsenceRemove($input: AbsenceRemoveInput!) {
    absenceRemove(input: $input) {
      absences {
        ...AbsenceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
