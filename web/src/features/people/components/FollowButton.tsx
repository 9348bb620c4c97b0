import { useAction } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { PersonFollowMutation } from "../queries";

type Props = { personId: string; name: string; isFollowed: boolean };

/** Follows a person or stops it; shown at once. */
export function FollowButton({ personId, name, isFollowed }: Props) {
  const { t } = useTranslation("people");
  const { run } = useAction(PersonFollowMutation, (answer) => answer.personFollow);
  return (
    <Button
      icon={isFollowed ? "following" : "follow"}
      variant={isFollowed ? "soft" : "primary"}
      aria-label={t(isFollowed ? "followingName" : "followName", { name })}
      onPress={() => void run({ input: { personId, follow: !isFollowed } })}
    >
      {t(isFollowed ? "following" : "follow")}
    </Button>
  );
}
