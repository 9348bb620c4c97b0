import { Link, useSearch } from "@tanstack/react-router";
import { PagedList } from "@/app/PagedList";
import { Page } from "@/app/shell";
import { readFragment, usePagedQuery, useQuery } from "@/graphql";
import type { DispatchBox, DispatchLinePartsFragment } from "@/graphql/generated/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";

import { Badge, buttonClass, EmptyState, Icon, TabLinks, tabLinkClass } from "@/ui";
import styles from "../components/Dispatches.module.css";
import { Duty } from "../components/Duty";
import { DispatchesQuery, DispatchLineParts, LineRightsQuery } from "../queries";
import { dutyState, inLanguage } from "../texts";

/** Dispatches of the viewer: what came, what passed by, what was sent. */
export function DispatchesPage() {
  const { t } = useTranslation("dispatches");
  const { box = "RECEIVED" } = useSearch({ from: "/app/dispatches" });
  const [{ data: rights }] = useQuery({ query: LineRightsQuery });
  const maySend = Boolean(rights?.lineRights.length);
  const boxes: DispatchBox[] = [
    "RECEIVED",
    "COPIED",
    ...(maySend ? (["SENT", "DRAFTS"] as const) : []),
    "HELPED",
    ...(rights?.viewerCanAuditDispatches ? (["AUDITED"] as const) : []),
  ];
  const create = maySend && (
    <Link to="/dispatches/new" className={buttonClass({ variant: "primary" })}>
      <Icon name="edit" size={18} />
      {t("new")}
    </Link>
  );
  return (
    <Page title={t("title")} actions={create}>
      <TabLinks label={t("title")}>
        {boxes.map((each) => (
          <Link
            key={each}
            to="/dispatches"
            search={each === "RECEIVED" ? {} : { box: each }}
            className={tabLinkClass}
            aria-current={each === box ? "page" : undefined}
          >
            {t(`box.${each}`)}
          </Link>
        ))}
        <Link to="/dispatches/questions" className={tabLinkClass}>
          {t("questions.title")}
        </Link>
      </TabLinks>
      <List key={box} box={box} />
    </Page>
  );
}

function List({ box }: { box: DispatchBox }) {
  const { t } = useTranslation("dispatches");
  const paged = usePagedQuery({
    query: DispatchesQuery,
    variables: { box, first: 20 },
    connection: (data) => data.dispatches,
  });
  return (
    <PagedList
      paged={paged}
      label={t(`box.${box}`)}
      skeletons={4}
      className={styles.list}
      empty={<EmptyState icon="megaphone" title={t(`none.${box}`)} text={t("noneText")} />}
    >
      {(nodes) =>
        readFragment(DispatchLineParts, nodes).map((dispatch) => (
          <li key={dispatch.id}>
            <Line dispatch={dispatch} isDraft={box === "DRAFTS"} />
          </li>
        ))
      }
    </PagedList>
  );
}

function Line({ dispatch, isDraft }: { dispatch: DispatchLinePartsFragment; isDraft: boolean }) {
  const { t } = useTranslation("dispatches");
  const { formatDate, formatNumber } = useFormat();
  const { id, texts, language, sender, unit, sentAt, scheduledFor, progress } = dispatch;
  const title = inLanguage(texts, currentLocale(), language)?.title || t("untitled");
  const state = dutyState(dispatch);
  const when = sentAt
    ? formatDate(sentAt, "dateTime")
    : scheduledFor
      ? t("scheduledFor", { when: formatDate(scheduledFor, "dateTime") })
      : formatDate(dispatch.createdAt, "dateTime");
  return (
    <Link
      to={isDraft && !scheduledFor ? "/dispatches/$dispatchId/edit" : "/dispatches/$dispatchId"}
      params={{ dispatchId: id }}
      className={styles.line}
      data-open={["open", "overdue", "unread"].includes(state) || undefined}
    >
      <span className={styles.lineText}>
        <span className={styles.lineTitle}>{title}</span>
        <span className={styles.hint}>
          {[dispatch.viewerRelation.isSender ? unit?.name : sender.name, when]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <span className={styles.marks}>
        {dispatch.withdrawnAt && <Badge>{t("withdrawn")}</Badge>}
        {dispatch.isUrgent && <Badge tone="danger">{t("urgent")}</Badge>}
        <Duty dispatch={dispatch} />
        {progress && dispatch.isMustRead && (
          <Badge tone={(progress.overdue ?? 0) > 0 ? "danger" : "neutral"}>
            {progress.acknowledged === null
              ? t("progress.few", {
                  count: progress.delivered,
                  number: formatNumber(progress.delivered),
                })
              : t("progress.of", {
                  done: formatNumber(progress.acknowledged),
                  all: formatNumber(progress.delivered),
                })}
          </Badge>
        )}
      </span>
    </Link>
  );
}
