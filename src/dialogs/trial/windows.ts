import type { Windows } from '../app/app.tsx';
import type { MoreWords } from '../app/language.ts';
import { trialEn } from './words-en.ts';
import { trialFr } from './words-fr.ts';

const trial = async () => (await import('./trial.tsx')).Trial;
/** Whatever the path: this is the page's only one. */
export const TRIAL_WINDOWS: Windows = { trial, status: trial };
export const TRIAL_WORDS: MoreWords = { en: { trial: trialEn }, fr: { trial: trialFr } };
