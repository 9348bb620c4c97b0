import { useEffect, useState } from "react";
import { readFragment, useAction } from "@/graphql";
import type { PushDevicePartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, RelativeTime, Section, showToast } from "@/ui";
import { PushDeviceAddMutation, PushDeviceFragment, PushDeviceRemoveMutation } from "../delivery";
import { type PushState, pushState, subscribe, unsubscribe } from "../push";
import styles from "./Delivery.module.css";

type Props = { serverKey: string; known: readonly PushDevicePartsFragment[] };

/** Browsers that show news while no page is open. */
export function DevicesSection({ serverKey, known }: Props) {
  const { t } = useTranslation("notifications");
  const [devices, setDevices] = useState(known);
  const [state, setState] = useState<PushState | null>(null);
  const [isAsking, setAsking] = useState(false);
  const add = useAction(PushDeviceAddMutation, (answer) => answer.pushDeviceAdd);
  const remove = useAction(PushDeviceRemoveMutation, (answer) => answer.pushDeviceRemove);
  useEffect(() => {
    let isThere = true;
    void pushState().then((found) => isThere && setState(found));
    return () => {
      isThere = false;
    };
  }, []);

  async function turnOn() {
    setAsking(true);
    try {
      const subscription = await subscribe(serverKey);
      if (subscription) {
        const label = browserName(navigator.userAgent);
        const { payload } = await add.run({ input: { ...subscription, label } });
        if (payload?.pushDevices) setDevices(readFragment(PushDeviceFragment, payload.pushDevices));
      }
    } catch {
      showToast(t("delivery.pushFailed"), { tone: "danger" });
    }
    setState(await pushState());
    setAsking(false);
  }

  async function turnOff(device: PushDevicePartsFragment) {
    const { payload } = await remove.run({ pushDeviceId: device.id });
    if (!payload?.pushDevices) return;
    const left = readFragment(PushDeviceFragment, payload.pushDevices);
    setDevices(left);
    // Which of them is this browser only its push service knows; without any, this one is off too.
    if (left.length === 0 && state === "on") {
      await unsubscribe();
      setState(await pushState());
    }
  }

  return (
    <Section title={t("delivery.devices")}>
      <p className={styles.lead}>{t("delivery.devicesLead")}</p>
      {devices.length > 0 && (
        <ul>
          {devices.map((device) => (
            <li key={device.id} className={styles.device}>
              <span>
                {device.label || t("delivery.deviceUnknown")}
                <span className={styles.meta}>
                  {" · "}
                  <RelativeTime value={device.lastUsedAt ?? device.createdAt} />
                </span>
              </span>
              <Button
                size="s"
                variant="quiet"
                isPending={remove.isPending}
                aria-label={t("delivery.deviceRemoveOf", { name: device.label })}
                onPress={() => turnOff(device)}
              >
                {t("delivery.deviceRemove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {state === "off" || (state === "on" && devices.length === 0) ? (
        <Button icon="bell" isPending={isAsking} onPress={turnOn}>
          {t("delivery.pushOn")}
        </Button>
      ) : (
        <p className={styles.meta}>
          {state === "denied" && t("delivery.pushDenied")}
          {state === "unsupported" && t("delivery.pushUnsupported")}
        </p>
      )}
    </Section>
  );
}

/** What its owner knows a browser by. */
function browserName(agent: string): string {
  const browser = /Edg\//u.test(agent)
    ? "Edge"
    : /Firefox\//u.test(agent)
      ? "Firefox"
      : /Chrome\//u.test(agent)
        ? "Chrome"
        : /Safari\//u.test(agent)
          ? "Safari"
          : "Browser";
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/u.exec(agent)?.[0];
  return system ? `${browser}, ${system.replace("Mac OS X", "macOS")}` : browser;
}
