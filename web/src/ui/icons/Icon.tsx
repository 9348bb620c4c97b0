import { type IconName, iconPaths } from "./paths";

type IconProps = {
  name: IconName;
  /** Edge length in pixels; 20 unless told. */
  size?: number;
  className?: string;
  /** Given only when the icon stands alone; otherwise it is hidden from assistive technology. */
  label?: string;
};

/** Icons that point along the reading direction and turn round in right-to-left text. */
const directional = new Set<IconName>([
  "reply",
  "share",
  "chevron-left",
  "chevron-right",
  "arrow-left",
  "logout",
  "undo",
  "send",
  "move",
  "external-link",
]);

/** One of our own inline icons; takes the colour of the text. */
export function Icon({ name, size = 20, className, label }: IconProps) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden beside a text
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      data-directional={directional.has(name) || undefined}
      focusable="false"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      {iconPaths[name].map((path) =>
        path.startsWith("!") ? (
          <path key={path} d={path.slice(1)} fill="currentColor" stroke="none" />
        ) : (
          <path key={path} d={path} />
        ),
      )}
    </svg>
  );
}
