// Builds the workbench into dist/, which the server embeds. No hashes of time or place: the same sources give the same files.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  base: "/assets/",
  build: {
    outDir: "dist",
    assetsDir: ".",
    // The strict policy of the server forbids data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8731" } },
  test: { include: ["src/**/*.test.ts"] },
});
