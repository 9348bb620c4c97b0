import { useState } from "react";
import { type FragmentType, readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type {
  NotificationHouseQuery as HouseAnswer,
  NotificationHousePartsFragment,
} from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, ErrorState, Section, SkeletonList, Switch } from "@/ui";
import {
  NotificationChoiceFragment,
  NotificationDefaultSetMutation,
  NotificationHouseFragment,
  NotificationHouseQuery,
  NotificationHouseSetMutation,
} from "../delivery";
import { ChoiceMatrix } from "./ChoiceMatrix";
import styles from "./Delivery.module.css";

/** What holds for everybody who chose nothing, what may leave the house, and how it fares. */
export function HouseSection() {
  const { t } = useTranslation("notifications");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({
    query: NotificationHouseQuery,
    requestPolicy: "cache-and-network",
  });
  if (!data) {
    return error ? (
      <ErrorState {...stateOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
    ) : (
      <SkeletonList count={6} />
    );
  }
  const { hasMail, hasPush, email, push } = data.deliveryReport;
  return (
    <div className={styles.stack}>
      <House
        known={readFragment(NotificationHouseFragment, data.notificationHouse)}
        hasMail={hasMail}
        hasPush={hasPush}
      />
      <Section title={t("house.report")}>
        <div className={styles.stack}>
          {hasMail ? (
            <Report name={t("house.mail")} counts={email} />
          ) : (
            <p className={styles.lead}>{t("house.noMail")}</p>
          )}
          {hasPush && <Report name={t("house.push")} counts={push} />}
        </div>
      </Section>
    </div>
  );
}

type HouseProps = { known: NotificationHousePartsFragment; hasMail: boolean; hasPush: boolean };

function House({ known, hasMail, hasPush }: HouseProps) {
  const { t } = useTranslation("notifications");
  const [house, setHouse] = useState(known);
  const setDefault = useAction(
    NotificationDefaultSetMutation,
    (answer) => answer.notificationDefaultSet,
  );
  const setTexts = useAction(NotificationHouseSetMutation, (answer) => answer.notificationHouseSet);
  type Answer = { house: FragmentType<typeof NotificationHouseFragment> | null } | null | undefined;
  const take = (payload: Answer) => {
    if (payload?.house) setHouse(readFragment(NotificationHouseFragment, payload.house));
  };
  const texts = { textInMail: house.textInMail, textInPush: house.textInPush };
  return (
    <>
      <Section title={t("house.defaults")}>
        <p className={styles.lead}>{t("house.defaultsLead")}</p>
        <ChoiceMatrix
          choices={readFragment(NotificationChoiceFragment, house.defaults)}
          hasMail={hasMail}
          hasPush={hasPush}
          onChoose={async (input) => take((await setDefault.run({ input })).payload)}
        />
      </Section>
      <Section title={t("house.texts")}>
        <div className={styles.stack}>
          <Switch
            isSelected={house.textInMail}
            hint={t("house.textInMailHint")}
            onChange={async (textInMail) =>
              take((await setTexts.run({ input: { ...texts, textInMail } })).payload)
            }
          >
            {t("house.textInMail")}
          </Switch>
          <Switch
            isSelected={house.textInPush}
            hint={t("house.textInPushHint")}
            onChange={async (textInPush) =>
              take((await setTexts.run({ input: { ...texts, textInPush } })).payload)
            }
          >
            {t("house.textInPush")}
          </Switch>
        </div>
      </Section>
    </>
  );
}

type Counts = HouseAnswer["deliveryReport"]["email"];
const shown = ["sent", "waiting", "retrying", "failed", "unknown"] as const;

function Report({ name, counts }: { name: string; counts: Counts }) {
  const { t } = useTranslation("notifications");
  const { formatNumber } = useFormat();
  const isTroubled = counts.failed + counts.unknown + counts.retrying > 0;
  return (
    <div>
      <h3 className={styles.channelName}>
        {name} {isTroubled && <Badge tone="warning">{t("house.troubled")}</Badge>}
      </h3>
      <dl className={styles.counts}>
        {shown.map((key) => (
          <div key={key}>
            <dt>{t(`house.count.${key}`)}</dt>
            <dd>{formatNumber(counts[key])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
