import { companyName } from '../i18n/company-name.ts';
import { TEXT_FORMATS } from './text-formats.ts';

/** A customer that is named by the id of its record: close ids are different customers, and case may count. */
export function isRecordId(text: string): boolean {
  return /\d/.test(text) && TEXT_FORMATS['crm-id'].holds(text);
}

/** What a customer is told by: its name as people mean it, spaces aside, or the id of its record. */
export function customerKey(text: string): string {
  return isRecordId(text) ? text : companyName(text).replaceAll(' ', '');
}
