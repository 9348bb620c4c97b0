import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { readFragment, useAction, useQuery } from "@/graphql";
import type { HrField, ProfileDetailsPartsFragment } from "@/graphql/generated/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";
import { Button, Section } from "@/ui";
import { languageName } from "../languageName";
import { weekly } from "../openingHours";
import {
  PersonCommunitiesQuery,
  PersonProfileQuery,
  ProfileDetailsParts,
  SkillEndorseMutation,
} from "../profileQueries";
import { CardButton } from "./CardButton";
import styles from "./ProfileDetails.module.css";

type Details = ProfileDetailsPartsFragment;
type Props = { personId: string; handle: string; isMe: boolean };

/** How to reach somebody, what they can do and where one meets them. */
export function ProfileDetails({ personId, handle, isMe }: Props) {
  const [{ data }] = useQuery({ query: PersonProfileQuery, variables: { personId } });
  const details = readFragment(ProfileDetailsParts, data?.personProfile);
  if (!details) return null;
  return (
    <>
      <Contact details={details} personId={personId} handle={handle} />
      <Skills details={details} personId={personId} isMe={isMe} />
      <AskAbout details={details} />
      <Communities personId={personId} />
    </>
  );
}

function Contact({
  details,
  personId,
  handle,
}: {
  details: Details;
  personId: string;
  handle: string;
}) {
  const { t } = useTranslation("people");
  const locale = currentLocale();
  const { workingHours: hours } = details;
  const fact = (label: string, value: ReactNode, field?: HrField) =>
    value && (
      <div>
        <dt>{label}</dt>
        <dd>
          {value}
          {field && details.hrFields.includes(field) && (
            <span className={styles.source}>{t("profile.fromHr")}</span>
          )}
        </dd>
      </div>
    );
  const phone = (number?: string | null) =>
    number && <a href={`tel:${number.replace(/[^+\d]/g, "")}`}>{number}</a>;
  return (
    <Section title={t("profile.contact")} actions={<CardButton id={personId} handle={handle} />}>
      <dl className={styles.facts}>
        {fact(t("profile.phone"), phone(details.phone), "PHONE")}
        {fact(t("profile.mobile"), phone(details.mobile), "MOBILE")}
        {fact(
          t("profile.email"),
          details.email && <a href={`mailto:${details.email}`}>{details.email}</a>,
          "EMAIL",
        )}
        {fact(t("profile.office"), details.office, "OFFICE")}
        {fact(
          t("profile.languages"),
          details.languages.map((code) => languageName(code, locale)).join(", "),
          "LANGUAGES",
        )}
        {hours &&
          fact(
            t("profile.hours"),
            <>
              {weekly(hours.weekly, locale)}
              <span className={styles.source}>
                {t("profile.hoursOfUnit", { zone: hours.timeZone })}
              </span>
            </>,
          )}
      </dl>
      <p className={styles.note}>
        {t(details.hrFields.length > 0 ? "profile.someFromHr" : "profile.allOwn")}
      </p>
    </Section>
  );
}

function Skills({
  details,
  personId,
  isMe,
}: {
  details: Details;
  personId: string;
  isMe: boolean;
}) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  const { run, isPending } = useAction(SkillEndorseMutation, (answer) => answer.skillEndorse);
  if (details.skills.length === 0) return null;
  return (
    <Section title={t("profile.skills")}>
      <ul className={styles.skills}>
        {details.skills.map(({ name, endorsementCount, isEndorsedByViewer, endorsers }) => (
          <li key={name} className={styles.skill}>
            <span>{name}</span>
            {!isMe && (
              <Button
                size="s"
                variant={isEndorsedByViewer ? "soft" : "secondary"}
                icon={isEndorsedByViewer ? "check" : "plus"}
                isDisabled={isPending}
                aria-label={t(isEndorsedByViewer ? "profile.endorsedName" : "profile.endorseName", {
                  skill: name,
                })}
                onPress={() =>
                  void run({ input: { personId, skill: name, isEndorsed: !isEndorsedByViewer } })
                }
              >
                {t(isEndorsedByViewer ? "profile.endorsed" : "profile.endorse")}
              </Button>
            )}
            {endorsementCount > 0 && (
              <span className={styles.endorsers}>
                {t("profile.endorsers", {
                  count: endorsementCount,
                  number: formatNumber(endorsementCount),
                  names: endorsers.map((one) => one.name).join(", "),
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AskAbout({ details }: { details: Details }) {
  const { t } = useTranslation("people");
  if (details.askAbout.length === 0) return null;
  return (
    <Section title={t("profile.askAbout")}>
      <ul className={styles.skills}>
        {details.askAbout.map((topic) => (
          <li key={topic}>{topic}</li>
        ))}
      </ul>
    </Section>
  );
}

function Communities({ personId }: { personId: string }) {
  const { t } = useTranslation("people");
  const [{ data }] = useQuery({ query: PersonCommunitiesQuery, variables: { personId } });
  if (!data || data.personCommunities.nodes.length === 0) return null;
  return (
    <Section title={t("profile.communities")}>
      <ul className={styles.words}>
        {data.personCommunities.nodes.map(({ id, slug, name }) => (
          <li key={id}>
            <Link to="/communities/$slug" params={{ slug }}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
