/** Our widgets. Nothing outside this folder imports React Aria. */
export {
  Avatar,
  type AvatarProps,
  type AvatarSize,
  CommunityMark,
  Cover,
  initials,
} from "./Avatar";
export { Badge, type BadgeTone, CountBadge } from "./Badge";
export { Banner, type BannerTone } from "./Banner";
export { Button, type ButtonProps, buttonClass, IconButton, type IconButtonProps } from "./Button";
export { Card, Section } from "./Card";
export { Chips } from "./Chips";
export { Checkbox, CheckboxGroup, Radio, RadioGroup, Switch } from "./Choice";
export { Combobox, type ComboboxProps } from "./Combobox";
export { cx } from "./classNames";
export { ConfirmDialog, Dialog, type DialogProps } from "./Dialog";
export { Disclosure } from "./Disclosure";
export { InfiniteList } from "./InfiniteList";
export { Icon } from "./icons/Icon";
export type { IconName } from "./icons/paths";
export { Markdown } from "./Markdown";
export { Menu, MenuChoice, MenuItem, MenuSeparator } from "./Menu";
export { Palette, type PaletteSection } from "./Palette";
export { Popover } from "./Popover";
export { RelativeTime } from "./RelativeTime";
export { Select, type SelectOption } from "./Select";
export {
  SkeletonBlock,
  SkeletonCircle,
  SkeletonLine,
  SkeletonList,
  SkeletonPost,
  SkeletonRow,
} from "./Skeleton";
export { EmptyState, ErrorState } from "./States";
export { TabLinks, tabLinkClass } from "./TabLinks";
export { Tabs } from "./Tabs";
export { PasswordField, TextArea, TextField } from "./TextField";
export { ToastRegion } from "./Toast";
export { Tooltip } from "./Tooltip";
export { Tree, type TreeNode } from "./Tree";
export { dismissToast, showToast } from "./toastStore";
export { UiProvider } from "./UiProvider";
export { VisuallyHidden } from "./VisuallyHidden";
