import { useState } from "react";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { NotificationChoicePartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, ErrorState, Section, SkeletonList } from "@/ui";
import {
  DeliveryQuery,
  NotificationChoiceFragment,
  NotificationChoiceSetMutation,
  NotificationChoicesResetMutation,
  NotificationRhythmFragment,
  PushDeviceFragment,
} from "../delivery";
import { ChoiceMatrix } from "./ChoiceMatrix";
import styles from "./Delivery.module.css";
import { DevicesSection } from "./DevicesSection";
import { DigestPreview } from "./DigestPreview";
import { RhythmForm } from "./RhythmForm";

/** Which news reach one how and when: in the pages, by e-mail, in closed browsers. */
export function DeliverySection() {
  const { t } = useTranslation("notifications");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: DeliveryQuery });
  const again = () => refetch({ requestPolicy: "network-only" });
  if (!data) {
    return error ? <ErrorState {...stateOf(error)} onRetry={again} /> : <SkeletonList count={6} />;
  }
  const { hasMail, emailAddress, pushPublicKey, pushDevices } = data.viewerDelivery;
  return (
    <>
      <Choices
        known={readFragment(NotificationChoiceFragment, data.notificationChoices)}
        hasMail={hasMail}
        hasPush={pushPublicKey !== null}
        address={emailAddress}
      />
      <Section title={t("delivery.when")}>
        <RhythmForm rhythm={readFragment(NotificationRhythmFragment, data.notificationRhythm)} />
      </Section>
      {pushPublicKey !== null && (
        <DevicesSection
          serverKey={pushPublicKey}
          known={readFragment(PushDeviceFragment, pushDevices)}
        />
      )}
    </>
  );
}

type ChoicesProps = {
  known: readonly NotificationChoicePartsFragment[];
  hasMail: boolean;
  hasPush: boolean;
  address: string | null;
};

function Choices({ known, hasMail, hasPush, address }: ChoicesProps) {
  const { t } = useTranslation("notifications");
  const [choices, setChoices] = useState(known);
  const choose = useAction(NotificationChoiceSetMutation, (answer) => answer.notificationChoiceSet);
  const reset = useAction(
    NotificationChoicesResetMutation,
    (answer) => answer.notificationChoicesReset,
  );
  const isChosen = choices.some((choice) => choice.isChosen);
  return (
    <Section title={t("delivery.what")}>
      <p className={styles.lead}>{mailLead(t, hasMail, address)}</p>
      <ChoiceMatrix
        choices={choices}
        hasMail={hasMail}
        hasPush={hasPush}
        onChoose={async (input) => {
          const before = choices;
          setChoices(choices.map((c) => (c.category === input.category ? { ...c, ...input } : c)));
          const { payload } = await choose.run({ input });
          setChoices(
            payload?.choices ? readFragment(NotificationChoiceFragment, payload.choices) : before,
          );
        }}
      />
      <div className={styles.buttons}>
        {hasMail && <DigestPreview />}
        {isChosen && (
          <Button
            variant="quiet"
            isPending={reset.isPending}
            onPress={async () => {
              const { payload } = await reset.run({});
              if (payload?.choices) {
                setChoices(readFragment(NotificationChoiceFragment, payload.choices));
              }
            }}
          >
            {t("delivery.reset")}
          </Button>
        )}
      </div>
    </Section>
  );
}

function mailLead(
  t: ReturnType<typeof useTranslation<"notifications">>["t"],
  hasMail: boolean,
  address: string | null,
): string {
  if (!hasMail) return t("delivery.noMail");
  return address ? t("delivery.mailTo", { address }) : t("delivery.noAddress");
}
