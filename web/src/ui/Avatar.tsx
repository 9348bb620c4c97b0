import { useTranslation } from "@/i18n/texts";
import styles from "./Avatar.module.css";
import { cx } from "./classNames";

export type AvatarSize = "xs" | "s" | "m" | "l" | "xl";

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (!first) return "?";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letter = (word: string) => Array.from(word.replace(/^[^\p{L}\p{N}]+/u, ""))[0] ?? "";
  return (letter(first) + (last ? letter(last) : "")).toLocaleUpperCase();
}

function hue(color: number) {
  return String(((Math.trunc(color) % 12) + 12) % 12);
}

export type AvatarProps = {
  name: string;
  /** 0..11, given by the server. */
  color: number;
  url?: string | null;
  size?: AvatarSize;
  presence?: "ONLINE" | "AWAY" | "OFFLINE";
  className?: string;
};

/** A person's picture, or initials on their colour. Decorative: the name stands beside it. */
export function Avatar({ name, color, url, size = "m", presence, className }: AvatarProps) {
  const { t } = useTranslation();
  return (
    <span className={cx(styles.avatar, styles[size], className)} data-hue={hue(color)}>
      {url ? (
        <img src={url} alt="" loading="lazy" decoding="async" />
      ) : (
        <span aria-hidden="true">{initials(name)}</span>
      )}
      {(presence === "ONLINE" || presence === "AWAY") && (
        <span
          role="img"
          aria-label={t(`presence.${presence}`)}
          title={t(`presence.${presence}`)}
          className={cx(styles.presence, presence === "ONLINE" ? styles.online : styles.away)}
        />
      )}
    </span>
  );
}

/** A community's small sign: rounded square with initials. Decorative. */
export function CommunityMark({
  name,
  color,
  size = "m",
  className,
}: Omit<AvatarProps, "url" | "presence">) {
  return (
    <span
      className={cx(styles.avatar, styles.square, styles[size], className)}
      data-hue={hue(color)}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

/** A community's cover: a row of arches whose rhythm comes from the name. */
export function Cover({
  name,
  color,
  className,
}: {
  name: string;
  color: number;
  className?: string;
}) {
  const seed = Array.from(name).reduce(
    (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0,
    7,
  );
  const arches = Array.from({ length: 14 }, (_, index) => {
    const step = (seed >>> (index * 2)) & 3;
    return {
      x: index * 60 - 20,
      width: 60,
      height: 44 + step * 22,
      strength: 0.1 + ((seed >>> (index + 5)) & 3) * 0.07,
    };
  });
  return (
    <svg
      className={cx(styles.cover, className)}
      data-hue={hue(color)}
      viewBox="0 0 760 140"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      {arches.map(({ x, width, height, strength }) => {
        const radius = width / 2 - 4;
        const top = 140 - height + radius;
        return (
          <path
            key={x}
            fill="currentColor"
            opacity={strength}
            d={`M${x + 4} 140V${top}a${radius} ${radius} 0 0 1 ${radius * 2} 0V140z`}
          />
        );
      })}
    </svg>
  );
}
