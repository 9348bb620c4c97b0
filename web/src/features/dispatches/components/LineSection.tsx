import styles from "./Dispatches.module.css";
import { GrantsSection } from "./GrantsSection";
import { PoliciesSection } from "./PoliciesSection";

/** What network administrators decide about the direct line. */
export function LineSection() {
  return (
    <div className={styles.stack}>
      <GrantsSection />
      <PoliciesSection />
    </div>
  );
}
