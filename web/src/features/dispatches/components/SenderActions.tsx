import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { byField, readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { DispatchPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Banner,
  Button,
  buttonClass,
  ConfirmDialog,
  Dialog,
  Radio,
  RadioGroup,
  showToast,
} from "@/ui";
import { textInputs, textsOf } from "../draft";
import {
  DispatchDeleteMutation,
  DispatchRemindMutation,
  DispatchReviseMutation,
  DispatchUnscheduleMutation,
  DispatchWithdrawMutation,
  ProgressParts,
} from "../queries";
import styles from "./Dispatches.module.css";
import { TextsForm } from "./TextsForm";

/** The server takes another reminder after so long. */
const remindEveryMs = 4 * 60 * 60 * 1000;

type Props = { dispatch: DispatchPartsFragment; onDone: () => void };

/** What the sender can do with it: before it is sent, and after. */
export function SenderActions({ dispatch, onDone }: Props) {
  const { t } = useTranslation(["dispatches", "common"]);
  const { formatDate } = useFormat();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"revise" | "withdraw" | "delete" | null>(null);
  const withdrawing = useAction(DispatchWithdrawMutation, (answer) => answer.dispatchWithdraw);
  const unscheduling = useAction(DispatchUnscheduleMutation, (answer) => answer.dispatchUnschedule);
  const reminding = useAction(DispatchRemindMutation, (answer) => answer.dispatchRemind);
  const deleting = useAction(DispatchDeleteMutation, (answer) => answer.dispatchDelete);
  const input = { dispatchId: dispatch.id };
  const close = () => setOpen(null);
  if (dispatch.withdrawnAt) return null;

  if (!dispatch.sentAt) {
    return (
      <div className={styles.row}>
        {dispatch.scheduledFor ? (
          <>
            <Banner>
              {t("scheduledFor", { when: formatDate(dispatch.scheduledFor, "dateTime") })}
            </Banner>
            <Button
              isPending={unscheduling.isPending}
              onPress={async () => {
                await unscheduling.run({ input });
                onDone();
              }}
            >
              {t("unschedule")}
            </Button>
          </>
        ) : (
          <Link
            to="/dispatches/$dispatchId/edit"
            params={{ dispatchId: dispatch.id }}
            className={buttonClass({ variant: "primary" })}
          >
            {t("goOn")}
          </Link>
        )}
        <Button variant="quiet" icon="trash" onPress={() => setOpen("delete")}>
          {t("common:action.delete")}
        </Button>
        <ConfirmDialog
          isOpen={open === "delete"}
          title={t("deleteTitle")}
          confirmLabel={t("common:action.delete")}
          isDanger
          isPending={deleting.isPending}
          onClose={close}
          onConfirm={async () => {
            const { payload } = await deleting.run({ input });
            if (payload) void navigate({ to: "/dispatches", search: { box: "DRAFTS" } });
          }}
        />
      </div>
    );
  }
  const overdue = readFragment(ProgressParts, dispatch.progress)?.overdue ?? 0;
  const remindedAt = dispatch.remindedAt ? Date.parse(dispatch.remindedAt) : null;
  const isReminded = remindedAt !== null && Date.now() - remindedAt < remindEveryMs;
  return (
    <div className={styles.row}>
      {dispatch.isMustRead && overdue > 0 && (
        <Button
          icon="bell"
          isPending={reminding.isPending}
          isDisabled={isReminded}
          onPress={async () => {
            const { payload } = await reminding.run({ input });
            if (!payload) return;
            const count = payload.remindedCount ?? 0;
            showToast(t("remind.done", { count }), { tone: "success" });
          }}
        >
          {isReminded && dispatch.remindedAt
            ? t("remind.lately", { when: formatDate(dispatch.remindedAt, "dateTime") })
            : t("remind.action")}
        </Button>
      )}
      <Button icon="edit" onPress={() => setOpen("revise")}>
        {t("revise.action")}
      </Button>
      <Button variant="quiet" icon="undo" onPress={() => setOpen("withdraw")}>
        {t("withdraw.action")}
      </Button>
      {open === "revise" && (
        <Revise
          dispatch={dispatch}
          onClose={close}
          onDone={() => {
            close();
            onDone();
          }}
        />
      )}
      <ConfirmDialog
        isOpen={open === "withdraw"}
        title={t("withdraw.title")}
        text={t("withdraw.text")}
        confirmLabel={t("withdraw.action")}
        isDanger
        isPending={withdrawing.isPending}
        onClose={close}
        onConfirm={async () => {
          await withdrawing.run({ input });
          close();
          onDone();
        }}
      />
    </div>
  );
}

type ReviseProps = Props & { onClose: () => void };

/** Another text: one that means something else opens it again, a corrected slip does not. */
function Revise({ dispatch, onClose, onDone }: ReviseProps) {
  const { t } = useTranslation(["dispatches", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(DispatchReviseMutation, (answer) => answer.dispatchRevise, {
    showsUserErrors: true,
  });
  const [texts, setTexts] = useState(() => textsOf(dispatch));
  const [kind, setKind] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, ["texts", "questions"]);

  async function save() {
    const { payload, userErrors } = await run({
      input: { dispatchId: dispatch.id, ...textInputs(texts), isMaterial: kind === "material" },
    });
    setErrors(userErrors);
    if (payload) onDone();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={false}
      size="l"
      title={t("revise.title")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={!kind}
            onPress={() => void save()}
          >
            {t("revise.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextsForm
          value={texts}
          onChange={setTexts}
          isMustRead={dispatch.isMustRead}
          errors={{
            body: fields.texts ? textOfUserError(fields.texts) : null,
            questions: fields.questions ? textOfUserError(fields.questions) : null,
          }}
        />
        <RadioGroup label={t("revise.kind")} value={kind} onChange={setKind}>
          <Radio value="material" hint={t("revise.materialHint")}>
            {t("revise.material")}
          </Radio>
          <Radio value="typo" hint={t("revise.typoHint")}>
            {t("revise.typo")}
          </Radio>
        </RadioGroup>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}
