import { type FragmentType, readFragment } from "@/graphql";
import { Icon } from "@/ui";
import { LinkCardParts } from "../fragments";
import styles from "./LinkCards.module.css";

/** What links in a text lead to. */
export function LinkCards({ links }: { links: readonly FragmentType<typeof LinkCardParts>[] }) {
  const cards = readFragment(LinkCardParts, links).filter(({ title }) => title);
  if (cards.length === 0) return null;
  return (
    <div className={styles.cards}>
      {cards.map(({ url, title, description, siteName }) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer" className={styles.card}>
          <Icon name="link" size={18} />
          <span className={styles.text}>
            <span className={styles.title}>{title}</span>
            {description && <span className={styles.description}>{description}</span>}
            <small>{siteName || hostOf(url)}</small>
          </span>
        </a>
      ))}
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
