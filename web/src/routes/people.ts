import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { DirectorySearch } from "@/features/people";
import { appRoute, pending } from "./root";

const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/people",
  validateSearch: (search): DirectorySearch => ({
    q: text(search.q),
    unit: text(search.unit),
    role: text(search.role),
    location: text(search.location),
    language: text(search.language),
    skill: text(search.skill),
  }),
  component: lazyRouteComponent(() => import("@/features/people/pages/PeoplePage"), "PeoplePage"),
  ...pending,
});

const personRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/people/$handle",
  component: lazyRouteComponent(() => import("@/features/people/pages/PersonPage"), "PersonPage"),
  ...pending,
});

const organisationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organisation",
  validateSearch: (search): { unit?: string } => ({ unit: text(search.unit) }),
  component: lazyRouteComponent(
    () => import("@/features/people/pages/OrganisationPage"),
    "OrganisationPage",
  ),
  ...pending,
});

export const peopleRoutes = [listRoute, personRoute, organisationRoute] as const;
