// The workbench in a browser: one page, nothing but loopback reachable from it, and the gestures that tests make.
import { chromium } from 'playwright-core';
import { browserArguments } from '../browser.mjs';
import { browser } from '../setup.mjs';

export async function openBrowser() {
  const executablePath = await browser();
  return chromium.launch({ executablePath, headless: true, args: browserArguments });
}

/** `blocked` collects the hosts beyond loopback that something asked for; each was refused. */
export async function openPage(chromiumBrowser, { width = 1280, height = 800 } = {}) {
  const context = await chromiumBrowser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const blocked = new Set();
  const isBeyond = ({ hostname, protocol }) =>
    !/^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname) && /^(http|ws)/.test(protocol);
  await context.route(isBeyond, (route) => {
    blocked.add(new URL(route.request().url()).host);
    return route.abort();
  });
  return { context, page: await context.newPage(), blocked };
}

export async function workbenchReady(page) {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  await page
    .locator('.monaco-workbench .explorer-folders-view .monaco-list-row')
    .first()
    .waitFor({ timeout: 60_000 });
}

const BRIEFLY = { timeout: 10_000 };

/** Runs a command by its title, from the palette, which closes where a panel takes the focus in that moment. */
export async function runCommand(page, title, attempts = 3) {
  await page.keyboard.press('F1');
  try {
    const input = quickInput(page);
    await input.waitFor(BRIEFLY);
    await input.fill(`>${title}`, BRIEFLY);
    await quickPickRow(page, title).click(BRIEFLY);
  } catch (error) {
    if (attempts === 1) throw error;
    await page.keyboard.press('Escape');
    await runCommand(page, title, attempts - 1);
  }
}

export const quickInput = (page) => page.locator('.quick-input-widget input:visible').first();

export const quickPickRow = (page, text) =>
  page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();

export const explorerRow = (page, name) =>
  page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();

/**
 * The page that the extension wrote, in the webview that is shown: workbench, outer frame, inner frame.
 * Webviews of hidden tabs stay in the document, so only a visible one counts.
 */
export const webview = (page) =>
  page
    .frameLocator('iframe.webview.ready >> visible=true')
    .first()
    .frameLocator('iframe#active-frame');
