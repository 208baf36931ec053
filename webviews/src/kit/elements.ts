// Single widgets of @vscode-elements, and their tags for JSX. Only what is imported here is in the bundle.
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  // The only way to tell preact of a custom element is to add to its namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': HTMLAttributes & { secondary?: boolean; disabled?: boolean; icon?: string };
      'vscode-progress-bar': HTMLAttributes & {
        value?: number;
        indeterminate?: boolean;
        'aria-label'?: string;
      };
    }
  }
}
