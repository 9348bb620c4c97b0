import { readFragment, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { ExpertsQuery } from "../expertQueries";
import { PersonParts } from "../queries";
import { PersonLine } from "./PersonLine";
import styles from "./ProfileDetails.module.css";

/** Most reasons said of one person. */
const SAID = 2;

type ExpertsProps = ({ topic: string; text?: never } | { text: string; topic?: never }) & {
  /** Names somebody in what is being written. */
  onAsk?: (handle: string) => void;
};

/** People who may know something about a topic or a question, each with the reasons; nothing when there is nobody. */
export function Experts({ topic, text, onAsk }: ExpertsProps) {
  const { t } = useTranslation("people");
  const [{ data }] = useQuery({
    query: ExpertsQuery,
    variables: { topic: topic ?? null, text: text ?? null, first: 5 },
    pause: !(topic ?? text),
  });
  const found = data?.expertSuggestions ?? [];
  if (found.length === 0) return null;
  return (
    <section aria-label={t("experts.title")}>
      <h2 className={styles.heading}>{t("experts.title")}</h2>
      <ul>
        {found.map(({ person, reasons }) => {
          const who = readFragment(PersonParts, person);
          const said = reasons
            .slice(0, SAID)
            .map(({ kind, about, count }) => t(`experts.reason.${kind}`, { about, count }));
          return (
            <li key={who.id}>
              <PersonLine
                person={who}
                detail={said.join(" · ")}
                actions={
                  onAsk && (
                    <Button
                      size="s"
                      icon="at"
                      aria-label={t("experts.askName", { name: who.name })}
                      onPress={() => onAsk(who.handle)}
                    >
                      {t("experts.ask")}
                    </Button>
                  )
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
