import styles from "./AppShell.module.css";

/** Two arches on a sill: a loggia. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className={styles.logo}>
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path
        d="M6 25V15a5 5 0 0 1 10 0v10M16 25V15a5 5 0 0 1 10 0v10"
        fill="none"
        className={styles.logoArch}
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path d="M5 25.5h22" className={styles.logoSill} strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
