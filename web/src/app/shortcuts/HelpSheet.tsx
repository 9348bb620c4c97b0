import { Fragment, useSyncExternalStore } from "react";
import { useTranslation } from "@/i18n";
import { Dialog, Switch } from "@/ui";
import styles from "./HelpSheet.module.css";
import { type Shortcut, type ShortcutGroup, shortcuts } from "./registry";

const groups: readonly ShortcutGroup[] = ["general", "go", "feed", "composer"];

/** All shortcuts that work right now. */
export function HelpSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  const known = useSyncExternalStore(shortcuts.subscribe, shortcuts.get);
  const areOn = useSyncExternalStore(shortcuts.subscribe, shortcuts.areSingleKeysOn);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={t("shortcuts.title")}
      size="l"
    >
      <div className={styles.columns}>
        {groups.map((group) => {
          const entries = unique(known.filter((shortcut) => shortcut.group === group));
          return entries.length === 0 ? null : (
            <section key={group} className={styles.group}>
              <h3>{t(`shortcuts.${group}`)}</h3>
              <dl>
                {entries.map(({ keys, label }) => (
                  <div key={keys} className={styles.entry}>
                    <dt>{label}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <Switch isSelected={!areOn} onChange={(off) => shortcuts.setSingleKeys(!off)}>
        {t("shortcuts.off")}
      </Switch>
    </Dialog>
  );
}

function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation("shell");
  return keys.split(" ").map((step, index) => (
    <Fragment key={step}>
      {index > 0 && <span className={styles.then}> {t("shortcuts.then")} </span>}
      {step.split("+").map((key) => (
        <kbd key={key} className={styles.key}>
          {key === "mod" ? (/mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl") : key}
        </kbd>
      ))}
    </Fragment>
  ));
}

function unique(list: readonly Shortcut[]) {
  return [...new Map(list.map((shortcut) => [shortcut.keys, shortcut])).values()];
}
