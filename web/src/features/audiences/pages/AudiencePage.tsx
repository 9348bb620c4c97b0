import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/app/shell";
import { PersonParts } from "@/features/people";
import {
  byField,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  useQuery,
} from "@/graphql";
import type { AudiencePartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Banner,
  Button,
  buttonClass,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Section,
  SkeletonList,
  Switch,
  showToast,
  TextField,
} from "@/ui";
import { AudienceBuilder } from "../components/AudienceBuilder";
import { AudiencePreview } from "../components/AudiencePreview";
import styles from "../components/Audiences.module.css";
import { draftOf, emptyDraft, isComplete, ruleOf } from "../draft";
import {
  AudienceCreateMutation,
  AudienceDeleteMutation,
  AudienceParts,
  AudienceQuery,
  AudienceUpdateMutation,
} from "../queries";

/** A new audience. */
export function NewAudiencePage() {
  const { t } = useTranslation("audiences");
  return (
    <Page title={t("newTitle")} width="wide">
      <Editor audience={null} />
    </Page>
  );
}

/** A kept audience: to look at, to change, to delete. */
export function AudiencePage() {
  const { t } = useTranslation("audiences");
  const { stateOf } = useErrorText();
  const { audienceId } = useParams({ from: "/app/audiences/$audienceId" });
  const [{ data, error }, refetch] = useQuery({
    query: AudienceQuery,
    variables: { id: audienceId },
  });
  const audience = readFragment(AudienceParts, data?.audience);
  if (audience) {
    return (
      <Page title={audience.name} width="wide">
        <Editor key={`${audience.id} ${audience.version}`} audience={audience} />
      </Page>
    );
  }
  return (
    <Page title={t("title")}>
      {error ? (
        <ErrorState
          {...stateOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
        />
      ) : data ? (
        <EmptyState
          icon="people"
          title={t("unknown")}
          text={t("unknownText")}
          actions={
            <Link to="/audiences" className={buttonClass({})}>
              {t("toList")}
            </Link>
          }
        />
      ) : (
        <SkeletonList count={6} />
      )}
    </Page>
  );
}

const fieldNames = ["name", "rule"] as const;

function Editor({ audience }: { audience: AudiencePartsFragment | null }) {
  const { t } = useTranslation(["audiences", "common"]);
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const [stored] = useState(() =>
    audience
      ? draftOf(
          audience.parts.map((part) => ({
            ...part,
            people: readFragment(PersonParts, part.people),
          })),
        )
      : emptyDraft,
  );
  const [draft, setDraft] = useState(stored ?? emptyDraft);
  const [name, setName] = useState(audience?.name ?? "");
  const [isShared, setShared] = useState(audience?.isShared ?? false);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const options = { showsUserErrors: true };
  const create = useAction(AudienceCreateMutation, (answer) => answer.audienceCreate, options);
  const update = useAction(AudienceUpdateMutation, (answer) => answer.audienceUpdate, options);
  const { fields, rest } = byField(errors, fieldNames);
  const mayEdit = stored !== null && (audience?.viewerCanEdit ?? true);
  const rule = ruleOf(draft);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!rule) return;
    const input = { name, rule, isShared };
    const { payload, userErrors } = audience
      ? await update.run({
          input: { ...input, audienceId: audience.id, version: audience.version },
        })
      : await create.run({ input });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("common:state.saved"), { tone: "success" });
    void navigate({ to: "/audiences" });
  }

  return (
    <div className={styles.layout}>
      <Section title={t("build.title")}>
        {!stored && <Banner>{t("tooComplex")}</Banner>}
        <form className={styles.form} onSubmit={(event) => void submit(event)}>
          {[...rest, ...(fields.rule ? [fields.rule] : [])].map((error) => (
            <Banner key={error.code} tone="danger" isLive>
              {textOfUserError(error)}
            </Banner>
          ))}
          {stored && <AudienceBuilder draft={draft} onChange={setDraft} />}
          {mayEdit && (
            <>
              <TextField
                label={t("name")}
                value={name}
                onChange={setName}
                maxLength={80}
                error={fields.name ? textOfUserError(fields.name) : null}
              />
              <Switch isSelected={isShared} onChange={setShared} hint={t("shareHint")}>
                {t("share")}
              </Switch>
              <div className={styles.buttons}>
                <Button
                  type="submit"
                  variant="primary"
                  isPending={create.isPending || update.isPending}
                  isDisabled={!isComplete(draft) || name.trim() === ""}
                >
                  {t("keep")}
                </Button>
                {audience && <DeleteButton id={audience.id} />}
              </div>
            </>
          )}
          {!stored && audience?.viewerCanEdit && <DeleteButton id={audience.id} />}
        </form>
      </Section>
      <div className={styles.beside}>{stored && <AudiencePreview rule={rule} />}</div>
    </div>
  );
}

function DeleteButton({ id }: { id: string }) {
  const { t } = useTranslation(["audiences", "common"]);
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const { run, isPending } = useAction(AudienceDeleteMutation, (answer) => answer.audienceDelete);
  async function remove() {
    const { payload } = await run({ input: { audienceId: id } });
    setAsking(false);
    if (!payload) return;
    showToast(t("deleted"));
    void navigate({ to: "/audiences" });
  }
  return (
    <>
      <Button icon="trash" onPress={() => setAsking(true)}>
        {t("common:action.delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
        title={t("deleteTitle")}
        text={t("deleteText")}
        confirmLabel={t("common:action.delete")}
        isDanger
        isPending={isPending}
      />
    </>
  );
}
