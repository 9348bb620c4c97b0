// What a test needs to be so before it begins is made through the public API, as the client would.

import { randomUUID } from "node:crypto";

export const password = "lindenbank-demo";

export type Answer = Record<string, any>;
export type Account = { handle: string; name: string; password: string };

/** The API of one server, for whoever has a password. */
export class Api {
  readonly #tokens = new Map<string, { token: string; until: number }>();

  constructor(readonly url: string) {}

  async post(path: string, body: unknown, token?: string): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-loggia": "1",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : {};
  }

  async token(handle: string, secret = password): Promise<string> {
    const known = this.#tokens.get(handle);
    if (known && known.until > Date.now()) return known.token;
    const { accessToken } = await this.post("/auth/login", { login: handle, password: secret });
    this.#tokens.set(handle, { token: accessToken, until: Date.now() + 5 * 60_000 });
    return accessToken;
  }

  forget(handle: string) {
    this.#tokens.delete(handle);
  }

  /** Asks as somebody; anything but a clean answer is an error of the test. */
  async ask(who: string | Account, query: string, variables: Answer = {}): Promise<Answer> {
    const [handle, secret] = typeof who === "string" ? [who, password] : [who.handle, who.password];
    const { data, errors } = await this.post(
      "/graphql",
      { query, variables },
      await this.token(handle, secret),
    );
    if (errors) throw new Error(JSON.stringify(errors));
    for (const [field, payload] of Object.entries(data as Answer)) {
      if (payload?.userErrors?.length) throw new Error(`${field}: ${JSON.stringify(payload.userErrors)}`);
    }
    return data;
  }

  async personId(handle: string): Promise<string> {
    const asked = "query($handle: String!) { person(handle: $handle) { id } }";
    return (await this.ask("katharina.wolff", asked, { handle })).person.id;
  }

  /** A new colleague who has chosen a password of their own. */
  async newPerson(name: string, locale: "de" | "en" = "de"): Promise<Account> {
    const handle = `${name.toLowerCase().replaceAll(" ", ".")}.${randomUUID().slice(0, 4)}`;
    const made = await this.ask(
      "katharina.wolff",
      `mutation($input: PersonCreateInput!) {
        personCreate(input: $input) { oneTimePassword userErrors { code message } }
      }`,
      { input: { name, handle, email: `${handle}@lindenbank.example`, locale, role: "MEMBER", title: "" } },
    );
    return this.#settle(handle, name, made.personCreate.oneTimePassword);
  }

  /** Somebody of the bank who has no known password gets one. */
  async account(handle: string): Promise<Account> {
    const personId = await this.personId(handle);
    const made = await this.ask(
      "katharina.wolff",
      `mutation($input: PersonResetPasswordInput!) {
        personResetPassword(input: $input) { oneTimePassword userErrors { code message } }
      }`,
      { input: { personId } },
    );
    this.forget(handle);
    return this.#settle(handle, handle, made.personResetPassword.oneTimePassword);
  }

  /** A one-time password becomes one of their own. */
  async #settle(handle: string, name: string, given: string): Promise<Account> {
    const own = "sieben stille Linden am Fluss";
    await this.ask(
      { handle, name, password: given },
      "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { code message } } }",
      { input: { currentPassword: given, newPassword: own } },
    );
    this.forget(handle);
    return { handle, name, password: own };
  }

  async newCommunity(owner: string | Account, name: string, part: Answer = {}): Promise<{ id: string; slug: string; name: string }> {
    const input = {
      clientId: randomUUID(), name, description: "", visibility: "PUBLIC", joining: "OPEN", ...part,
    };
    const asked = `mutation($input: CommunityCreateInput!) {
      communityCreate(input: $input) { community { id slug name } userErrors { code message } }
    }`;
    return (await this.ask(owner, asked, { input })).communityCreate.community;
  }

  async newPost(author: string | Account, communityId: string, body: string, part: Answer = {}): Promise<string> {
    const input = { clientId: randomUUID(), communityId, body, kind: "DISCUSSION", ...part };
    const asked = `mutation($input: PostCreateInput!) {
      postCreate(input: $input) { post { id } userErrors { code message } }
    }`;
    return (await this.ask(author, asked, { input })).postCreate.post.id;
  }

  async newReply(author: string | Account, postId: string, body: string): Promise<string> {
    const asked = `mutation($input: ReplyCreateInput!) {
      replyCreate(input: $input) { reply { id } userErrors { code message } }
    }`;
    const input = { clientId: randomUUID(), postId, body };
    return (await this.ask(author, asked, { input })).replyCreate.reply.id;
  }

  /** Brings somebody into a community by invitation. */
  async bringIn(owner: string | Account, communityId: string, who: Account | string) {
    const handle = typeof who === "string" ? who : who.handle;
    await this.ask(owner,
      "mutation($input: CommunityInviteInput!) { communityInvite(input: $input) { userErrors { code message } } }",
      { input: { communityId, personIds: [await this.personId(handle)] } });
    const { communityInvitations } = await this.ask(who, "{ communityInvitations { id community { id } } }");
    const { id } = communityInvitations.find((each: Answer) => each.community.id === communityId);
    await this.ask(who,
      "mutation($input: InvitationDecideInput!) { invitationDecide(input: $input) { userErrors { code message } } }",
      { input: { invitationId: id, accept: true } });
  }

  async join(who: string | Account, communityId: string) {
    await this.ask(who,
      "mutation($input: CommunityJoinInput!) { communityJoin(input: $input) { userErrors { code message } } }",
      { input: { communityId } });
  }

  async react(who: string | Account, subjectId: string, emoji: string) {
    await this.ask(who,
      "mutation($input: ReactionSetInput!) { reactionSet(input: $input) { userErrors { code message } } }",
      { input: { subjectId, emoji, reacted: true } });
  }

  async settings(who: string | Account, input: Answer) {
    await this.ask(who,
      "mutation($input: SettingsUpdateInput!) { settingsUpdate(input: $input) { userErrors { code message } } }",
      { input });
  }
}
