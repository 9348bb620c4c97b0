import { Link, useParams } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { useIsWide } from "@/app/useIsWide";
import { useViewer } from "@/app/viewer";
import { MessageButton } from "@/features/messages";
import { FeedView } from "@/features/posts";
import { readFragment, useErrorText, useQuery, useSubscription } from "@/graphql";
import type { ProfilePartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Avatar,
  Badge,
  buttonClass,
  Card,
  Disclosure,
  EmptyState,
  ErrorState,
  Icon,
  Markdown,
  SkeletonList,
} from "@/ui";
import { AbsenceList, AwayNote } from "../components/Absences";
import { FollowButton } from "../components/FollowButton";
import { Place } from "../components/Place";
import { ProfileDetails } from "../components/ProfileDetails";
import { ReportingLine } from "../components/ReportingLine";
import { PersonParts, PersonQuery, PresenceSubscription, ProfileParts } from "../queries";
import styles from "./Pages.module.css";

/** One person: who they are, where they work, what they wrote. */
export function PersonPage() {
  const { t } = useTranslation("people");
  const { stateOf } = useErrorText();
  const { handle } = useParams({ from: "/app/people/$handle" });
  const [{ data, error, fetching }, refetch] = useQuery({
    query: PersonQuery,
    variables: { handle },
  });
  const person = readFragment(ProfileParts, data?.person);
  if (!person) {
    return (
      <Page title={t("title")} hideTitle>
        {error ? (
          <ErrorState
            {...stateOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
          />
        ) : fetching || !data ? (
          <SkeletonList of="post" count={2} />
        ) : (
          <EmptyState
            icon="person"
            title={t("unknown")}
            text={t("unknownText")}
            actions={
              <Link to="/people" className={buttonClass({ variant: "primary" })}>
                {t("toDirectory")}
              </Link>
            }
          />
        )}
      </Page>
    );
  }
  return <Profile key={person.id} profile={person} />;
}

function Profile({ profile }: { profile: ProfilePartsFragment }) {
  const { t } = useTranslation(["people", "common"]);
  const { formatDate, formatNumber } = useFormat();
  const viewer = useViewer();
  const person = readFragment(PersonParts, profile);
  const isMe = viewer.person.id === profile.id;
  const isWide = useIsWide();
  const about = (
    <>
      <Place personId={profile.id} />
      <ReportingLine personId={profile.id} />
      <AbsenceList personId={profile.id} />
      <ProfileDetails personId={profile.id} handle={person.handle} isMe={isMe} />
    </>
  );
  useSubscription({
    query: PresenceSubscription,
    variables: { personIds: [profile.id] },
    pause: person.isDeactivated,
  });
  return (
    <Page title={person.name} hideTitle context={isWide && about}>
      <Card>
        <div className={styles.head}>
          <Avatar
            name={person.name}
            color={person.avatarColor}
            url={person.avatarUrl}
            presence={person.presence}
            size="xl"
          />
          <div className={styles.headText}>
            <h2>{person.name}</h2>
            {person.title && <p className={styles.job}>{person.title}</p>}
            <p className={styles.faint}>
              <span>@{person.handle}</span>
              {profile.pronunciation && (
                <span>{t("pronounced", { text: profile.pronunciation })}</span>
              )}
              {person.location && (
                <span>
                  <Icon name="location" size={16} />
                  {person.location}
                </span>
              )}
              <span>{t(`common:presence.${person.presence}`)}</span>
            </p>
            <p className={styles.faint}>
              <span>
                {t("followers", {
                  count: profile.followerCount,
                  number: formatNumber(profile.followerCount),
                })}
              </span>
              <span>{t("since", { when: formatDate(profile.joinedAt, "monthYear") })}</span>
            </p>
            {!person.isDeactivated && <AwayNote personId={profile.id} />}
            {(profile.role === "NETWORK_ADMIN" || person.isDeactivated) && (
              <p className={styles.faint}>
                {profile.role === "NETWORK_ADMIN" && (
                  <Badge tone="info" icon="shield">
                    {t("common:role.NETWORK_ADMIN")}
                  </Badge>
                )}
                {person.isDeactivated && <Badge>{t("deactivated")}</Badge>}
              </p>
            )}
          </div>
        </div>
        <div className={styles.buttons}>
          {isMe ? (
            <Link
              to="/settings/$section"
              params={{ section: "profile" }}
              className={buttonClass({ variant: "secondary" })}
            >
              <Icon name="edit" size={18} />
              {t("editProfile")}
            </Link>
          ) : (
            !person.isDeactivated && (
              <>
                <FollowButton
                  personId={profile.id}
                  name={person.name}
                  isFollowed={profile.isFollowedByViewer}
                />
                <MessageButton personId={profile.id} />
              </>
            )
          )}
        </div>
        {profile.aboutHtml && (
          <div className={styles.about}>
            <Markdown html={profile.aboutHtml} />
          </div>
        )}
      </Card>
      {!isWide && (
        // Behind the posts, which go on and on, nobody would find it.
        <div className={styles.aside}>
          <Disclosure title={t("profile.more")} icon="person">
            {about}
          </Disclosure>
        </div>
      )}
      <h2 className={styles.posts}>{t("posts")}</h2>
      <FeedView
        scope={{ personId: profile.id }}
        label={t("postsOf", { name: person.name })}
        empty={
          <EmptyState
            icon="discussion"
            title={isMe ? t("noPostsMine") : t("noPosts", { name: person.name })}
            text={t("noPostsText")}
            isCompact
          />
        }
      />
    </Page>
  );
}
