import { useState } from "react";
import { PagedList } from "@/app/PagedList";
import { Page } from "@/app/shell";
import { useViewer } from "@/app/viewer";
import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useAction, usePagedQuery, useQuery } from "@/graphql";
import type { LineQuestionBox, LineQuestionPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  Card,
  Checkbox,
  EmptyState,
  Markdown,
  Radio,
  RadioGroup,
  Section,
  Select,
} from "@/ui";
import styles from "../components/Dispatches.module.css";
import { WriteForm } from "../components/Exchange";
import {
  LineQuestionAskMutation,
  LineQuestionParts,
  LineQuestionRespondMutation,
  LineQuestionsQuery,
  MyManagersQuery,
} from "../queries";

const boxes: readonly LineQuestionBox[] = ["ASKED", "RECEIVED", "SHARED"];

/** The line the other way: questions to those who lead one's units. */
export function LineQuestionsPage() {
  const { t } = useTranslation("dispatches");
  const [box, setBox] = useState<LineQuestionBox>("ASKED");
  const paged = usePagedQuery({
    query: LineQuestionsQuery,
    variables: { box, first: 20 },
    connection: (data) => data.lineQuestions,
  });
  return (
    <Page title={t("questions.title")}>
      <div className={styles.stack}>
        <Ask
          onDone={() => {
            setBox("ASKED");
            paged.refresh();
          }}
        />
        <RadioGroup
          label={t("questions.which")}
          hideLabel
          asCards
          value={box}
          onChange={(next) => setBox(next as LineQuestionBox)}
        >
          {boxes.map((each) => (
            <Radio key={each} value={each}>
              {t(`questions.${each}`)}
            </Radio>
          ))}
        </RadioGroup>
        <PagedList
          paged={paged}
          label={t(`questions.${box}`)}
          skeletons={3}
          className={styles.list}
          empty={<EmptyState icon="question" title={t("questions.none")} />}
        >
          {(nodes) =>
            readFragment(LineQuestionParts, nodes).map((question) => (
              <li key={question.id}>
                <Question question={question} isMine={box === "RECEIVED"} onDone={paged.refresh} />
              </li>
            ))
          }
        </PagedList>
      </div>
    </Page>
  );
}

function Ask({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("dispatches");
  const { person } = useViewer();
  const [{ data }] = useQuery({ query: MyManagersQuery, variables: { personId: person.id } });
  const { run } = useAction(LineQuestionAskMutation, (answer) => answer.lineQuestionAsk);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAnonymous, setAnonymous] = useState(false);
  const managers = data?.personManagers ?? [];
  const [first] = managers;
  if (!first) return null;
  const addresseeId = chosen ?? first.id;
  return (
    <Section title={t("questions.ask")}>
      <div className={styles.form}>
        <Select
          label={t("questions.whom")}
          value={addresseeId}
          onChange={setChosen}
          options={managers.map(({ id, name, title }) => ({ value: id, label: name, hint: title }))}
        />
        <Checkbox
          isSelected={isAnonymous}
          onChange={setAnonymous}
          hint={t("questions.anonymousHint")}
        >
          {t("questions.anonymous")}
        </Checkbox>
        <WriteForm
          label={t("questions.write")}
          send={t("questions.send")}
          onSend={async (body) => {
            const { payload } = await run({
              input: { clientId: crypto.randomUUID(), addresseeId, body, isAnonymous },
            });
            if (payload) onDone();
            return Boolean(payload);
          }}
        />
      </div>
    </Section>
  );
}

type QuestionProps = { question: LineQuestionPartsFragment; isMine: boolean; onDone: () => void };

function Question({ question, isMine, onDone }: QuestionProps) {
  const { t } = useTranslation("dispatches");
  const { formatDate } = useFormat();
  const { run } = useAction(LineQuestionRespondMutation, (answer) => answer.lineQuestionRespond);
  const [isShared, setShared] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { id, asker, addressee, unit, askedAt, bodyHtml, answerHtml, answeredAt } = question;
  return (
    <Card className={styles.acknowledge}>
      {asker ? (
        <PersonLine
          person={readFragment(PersonParts, asker)}
          detail={[unit?.name, formatDate(askedAt, "dateTime")].filter(Boolean).join(" · ")}
          actions={question.isAnonymous && <Badge>{t("questions.anonymousMark")}</Badge>}
        />
      ) : (
        <p className={styles.hint}>
          {t("questions.somebody", { unit: unit?.name ?? "" })} · {formatDate(askedAt, "dateTime")}
        </p>
      )}
      <Markdown html={bodyHtml} isCompact />
      {answerHtml ? (
        <>
          <p className={styles.by}>
            <b>{addressee.name}</b>
            {answeredAt && <time dateTime={answeredAt}>{formatDate(answeredAt, "dateTime")}</time>}
            {question.isShared && <Badge>{t("questions.isShared")}</Badge>}
          </p>
          <Markdown html={answerHtml} isCompact />
        </>
      ) : isMine ? (
        isOpen ? (
          <>
            <Checkbox isSelected={isShared} onChange={setShared} hint={t("questions.shareHint")}>
              {t("questions.share")}
            </Checkbox>
            <WriteForm
              label={t("questions.respond")}
              send={t("send")}
              onSend={async (body) => {
                const { payload } = await run({ input: { questionId: id, body, isShared } });
                if (payload) onDone();
                return Boolean(payload);
              }}
            />
          </>
        ) : (
          <div>
            <Button size="s" icon="reply" onPress={() => setOpen(true)}>
              {t("questions.respond")}
            </Button>
          </div>
        )
      ) : (
        <p className={styles.hint}>{t("questions.waiting", { name: addressee.name })}</p>
      )}
    </Card>
  );
}
