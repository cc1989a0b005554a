/** Run by Windows' Node: what `connector doctor` finds of a running Outlook, as JSON. */
import { checkRunningOutlook } from '../../src/agent/doctor/ask-outlook.ts';
import { looked } from '../../src/agent/doctor/finding.ts';

console.log(JSON.stringify(await looked('Running Outlook', checkRunningOutlook)));
