import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "@/i18n";
import { Button, Chips, TextField } from "@/ui";
import styles from "./Settings.module.css";

type WordsFieldProps = {
  label: string;
  hint: string;
  words: readonly string[];
  textOf?: (word: string) => string;
  onChange: (words: string[]) => void;
  isReadOnly?: boolean;
  error?: string | null;
};

/** A list of short texts: typed one by one, taken away one by one. */
export function WordsField({
  label,
  hint,
  words,
  textOf = (word) => word,
  onChange,
  isReadOnly = false,
  error,
}: WordsFieldProps) {
  const { t } = useTranslation("settings");
  const [text, setText] = useState("");

  function add() {
    const word = text.trim();
    setText("");
    if (word && !words.includes(word)) onChange([...words, word]);
  }

  function addOnEnter(event: KeyboardEvent) {
    // Enter adds the word; sending the form is for its button.
    if (event.key !== "Enter" || !text.trim()) return;
    event.preventDefault();
    add();
  }

  return (
    <div className={styles.words}>
      {isReadOnly ? (
        <TextField label={label} hint={hint} value={words.map(textOf).join(", ")} isReadOnly />
      ) : (
        <>
          <div className={styles.wordsLine}>
            <TextField
              label={label}
              hint={hint}
              error={error}
              value={text}
              onChange={setText}
              onKeyDown={addOnEnter}
            />
            <Button
              onPress={add}
              isDisabled={!text.trim()}
              aria-label={t("details.addTo", { list: label })}
            >
              {t("details.add")}
            </Button>
          </div>
          <Chips
            label={label}
            items={words.map((id) => ({ id }))}
            textOf={({ id }) => textOf(id)}
            onRemove={({ id }) => onChange(words.filter((word) => word !== id))}
          />
        </>
      )}
    </div>
  );
}
