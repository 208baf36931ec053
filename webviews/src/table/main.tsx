import '@vscode/codicons/dist/codicon.css';
import { connectWebview } from '../kit/webviewPort.ts';
import { mountTablePanel } from './tablePanel.tsx';

const element = document.getElementById('app');
if (element === null) throw new Error('the page has no element #app');
mountTablePanel(element, connectWebview());
