import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

// The policy of the server allows no inline styles or scripts: CSS goes into files.
export default { preprocess: vitePreprocess(), compilerOptions: { css: "external" } };
