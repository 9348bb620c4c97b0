/** Questions and changes about how news reach one outside the pages. */
import { graphql } from "@/graphql";

export const NotificationChoiceFragment = graphql(`
  fragment NotificationChoiceParts on NotificationChoice {
    category
    inApp
    email
    push
    isChosen
    isAlwaysShown
  }
`);

export const PushDeviceFragment = graphql(`
  fragment PushDeviceParts on PushDevice {
    id
    label
    createdAt
    lastUsedAt
  }
`);

export const NotificationRhythmFragment = graphql(`
  fragment NotificationRhythmParts on NotificationRhythm {
    quietFrom
    quietUntil
    inWorkingHours
    digestAt
  }
`);

export const DeliveryQuery = graphql(`
  query Delivery {
    notificationChoices {
      ...NotificationChoiceParts
    }
    notificationRhythm {
      ...NotificationRhythmParts
    }
    viewerDelivery {
      hasMail
      emailAddress
      pushPublicKey
      pushDevices {
        ...PushDeviceParts
      }
    }
  }
`);

export const NextDigestQuery = graphql(`
  query NextDigest {
    viewerDelivery {
      nextDigest {
        subject
        text
        count
      }
    }
  }
`);

export const NotificationChoiceSetMutation = graphql(`
  mutation NotificationChoiceSet($input: NotificationChoiceInput!) {
    notificationChoiceSet(input: $input) {
      choices {
        ...NotificationChoiceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const NotificationChoicesResetMutation = graphql(`
  mutation NotificationChoicesReset {
    notificationChoicesReset {
      choices {
        ...NotificationChoiceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const NotificationRhythmSetMutation = graphql(`
  mutation NotificationRhythmSet($input: NotificationRhythmSetInput!) {
    notificationRhythmSet(input: $input) {
      rhythm {
        ...NotificationRhythmParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PushDeviceAddMutation = graphql(`
  mutation PushDeviceAdd($input: PushDeviceAddInput!) {
    pushDeviceAdd(input: $input) {
      pushDevices {
        ...PushDeviceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PushDeviceRemoveMutation = graphql(`
  mutation PushDeviceRemove($pushDeviceId: ID!) {
    pushDeviceRemove(pushDeviceId: $pushDeviceId) {
      pushDevices {
        ...PushDeviceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const NotificationHouseFragment = graphql(`
  fragment NotificationHouseParts on NotificationHouse {
    textInMail
    textInPush
    defaults {
      ...NotificationChoiceParts
    }
  }
`);

export const NotificationHouseQuery = graphql(`
  query NotificationHouse {
    notificationHouse {
      ...NotificationHouseParts
    }
    deliveryReport {
      hasMail
      hasPush
      email {
        waiting
        retrying
        failed
        unknown
        sent
      }
      push {
        waiting
        retrying
        failed
        unknown
        sent
      }
    }
  }
`);

export const NotificationDefaultSetMutation = graphql(`
  mutation NotificationDefaultSet($input: NotificationChoiceInput!) {
    notificationDefaultSet(input: $input) {
      house {
        ...NotificationHouseParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const NotificationHouseSetMutation = graphql(`
  mutation NotificationHouseSet($input: NotificationHouseSetInput!) {
    notificationHouseSet(input: $input) {
      house {
        ...NotificationHouseParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
