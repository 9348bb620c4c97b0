import "@/ui/styles/layers.css";
import "@/ui/styles/fonts.css";
import "@/ui/styles/tokens.css";
import "@/ui/styles/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "@/i18n";
import { takeFirstPageOver } from "./app/firstPage";
import { bringFont } from "./app/font";
import { offerNewVersion } from "./app/newVersion";
import { session } from "./app/session";
import { router } from "./routes/router";

const root = document.getElementById("root");
if (!root) throw new Error("#root is missing in index.html");

// Session, texts, the page's chunk and its data all travel at the same time.
offerNewVersion();
takeFirstPageOver(session);
void session.start();
const texts = startI18n();
void router.load();
await texts;
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
bringFont();
