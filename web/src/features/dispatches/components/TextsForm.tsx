import { useState } from "react";
import { useTranslation } from "@/i18n";
import { Button, Card, IconButton, Radio, RadioGroup, Select, TextArea, TextField } from "@/ui";
import {
  type Draft,
  type DraftLanguage,
  type DraftQuestion,
  emptyLanguage,
  emptyQuestion,
} from "../draft";
import styles from "./Dispatches.module.css";

const languages = ["de", "en"] as const;
const maxQuestions = 3;
const maxOptions = 5;

type Texts = Pick<Draft, "languages" | "texts">;
type Props = {
  value: Texts;
  onChange: (value: Texts) => void;
  isMustRead: boolean;
  errors: { title?: string | null; body?: string | null; questions?: string | null };
};

/** Text, talking points and questions of understanding, in one language or in both. */
export function TextsForm({ value, onChange, isMustRead, errors }: Props) {
  const { t } = useTranslation("dispatches");
  const [shown, setShown] = useState(value.languages[0] ?? "de");
  const missing = languages.filter((language) => !value.languages.includes(language));
  const current = value.languages.includes(shown) ? shown : (value.languages[0] ?? "de");
  const known = value.texts[current] ?? emptyLanguage;
  const set = (change: Partial<DraftLanguage>) =>
    onChange({ ...value, texts: { ...value.texts, [current]: { ...known, ...change } } });
  const setText = (change: Partial<DraftLanguage["text"]>) =>
    set({ text: { ...known.text, ...change } });

  function add(language: string) {
    // The same number of questions in each language, to be translated.
    const questions = known.questions.map(({ options, right }) => ({
      prompt: "",
      options: options.map(() => ""),
      right,
    }));
    onChange({
      languages: [...value.languages, language],
      texts: { ...value.texts, [language]: { ...emptyLanguage, questions } },
    });
    setShown(language);
  }

  return (
    <div className={styles.form}>
      <div className={styles.row}>
        {value.languages.length > 1 && (
          <Select
            label={t("write.language")}
            hideLabel
            size="s"
            value={current}
            onChange={setShown}
            options={value.languages.map((language) => ({
              value: language,
              label: t(`write.in.${language as "de" | "en"}`),
            }))}
          />
        )}
        {missing.map((language) => (
          <Button key={language} size="s" icon="globe" onPress={() => add(language)}>
            {t(`write.alsoIn.${language}`)}
          </Button>
        ))}
        {value.languages.length > 1 && (
          <Button
            size="s"
            variant="quiet"
            onPress={() =>
              onChange({ ...value, languages: value.languages.filter((each) => each !== current) })
            }
          >
            {t("write.without")}
          </Button>
        )}
      </div>
      <TextField
        label={t("write.title")}
        value={known.text.title}
        onChange={(title) => setText({ title })}
        maxLength={160}
        error={errors.title}
      />
      <TextArea
        label={t("write.body")}
        hint={t("write.bodyHint")}
        rows={8}
        value={known.text.body}
        onChange={(body) => setText({ body })}
        limit={20_000}
        error={errors.body}
      />
      <TextArea
        label={t("write.talkingPoints")}
        hint={t("write.talkingPointsHint")}
        rows={3}
        value={known.text.talkingPoints}
        onChange={(talkingPoints) => setText({ talkingPoints })}
        limit={20_000}
      />
      {isMustRead && (
        <Questions
          questions={known.questions}
          error={errors.questions}
          onChange={(questions) => set({ questions })}
        />
      )}
    </div>
  );
}

type QuestionsProps = {
  questions: readonly DraftQuestion[];
  error?: string | null;
  onChange: (questions: readonly DraftQuestion[]) => void;
};

function Questions({ questions, error, onChange }: QuestionsProps) {
  const { t } = useTranslation("dispatches");
  const change = (index: number, part: Partial<DraftQuestion>) =>
    onChange(questions.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <>
      {questions.map((question, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no other identity than their place
        <Card key={index} className={styles.acknowledge}>
          <div className={styles.row}>
            <h3>{t("write.question", { number: index + 1 })}</h3>
            <IconButton
              icon="trash"
              size="s"
              label={t("write.questionRemove", { number: index + 1 })}
              onPress={() => onChange(questions.filter((_, at) => at !== index))}
            />
          </div>
          <TextField
            label={t("write.prompt")}
            value={question.prompt}
            onChange={(prompt) => change(index, { prompt })}
          />
          {question.options.map((option, number) => (
            <TextField
              // biome-ignore lint/suspicious/noArrayIndexKey: options have no other identity than their place
              key={number}
              label={t("write.option", { number: number + 1 })}
              value={option}
              onChange={(text) =>
                change(index, {
                  options: question.options.map((each, at) => (at === number ? text : each)),
                })
              }
            />
          ))}
          {question.options.length < maxOptions && (
            <div>
              <Button
                size="s"
                icon="plus"
                onPress={() => change(index, { options: [...question.options, ""] })}
              >
                {t("write.optionAdd")}
              </Button>
            </div>
          )}
          <RadioGroup
            label={t("write.right")}
            value={String(question.right)}
            onChange={(right) => change(index, { right: Number(right) })}
          >
            {question.options.map((option, number) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: options have no other identity than their place
              <Radio key={number} value={String(number)}>
                {option || t("write.option", { number: number + 1 })}
              </Radio>
            ))}
          </RadioGroup>
        </Card>
      ))}
      {error && <p className={styles.error}>{error}</p>}
      {questions.length < maxQuestions && (
        <div>
          <Button size="s" icon="question" onPress={() => onChange([...questions, emptyQuestion])}>
            {t("write.questionAdd")}
          </Button>
        </div>
      )}
    </>
  );
}
