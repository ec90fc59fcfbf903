/** Inquiries to try the lifecycle on: somebody who passes every criterion, unless a test takes something away. */
import { receiveInquiry } from '../../../../core/lifecycle/inquiry.ts';
import type { InquiryArrival } from '../../../../core/lifecycle/inquiry.ts';
import type { Known } from '../../../../core/lifecycle/gate-state.ts';
import type { Decision } from '../../../../core/ladder/facts.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { InquirySignal } from '../../../../core/qualification/gate/types.ts';
import { epochMs, iso } from '../../../../core/time.ts';

/** Thursday, 19 November 2026, 10:00 in New York: the sample people and Marketing are at work. */
export const THURSDAY = '2026-11-19T10:00:00-05:00';

export function ada(change: Partial<InquiryArrival> = {}): InquiryArrival {
  return {
    crm: { system: 'hubspot', recordId: '88120' },
    contact: {
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada.byron@analytical.example',
      phone: '+1 617 555 0142',
      title: 'VP Engineering',
      country: 'US',
      region: 'MA',
    },
    company: {
      name: 'Analytical Engines',
      domain: 'analytical.example',
      employees: 1200,
      industry: 'software',
    },
    ...change,
  };
}

export function withoutPhone(): InquiryArrival {
  return ada({ contact: { ...ada().contact, phone: undefined } });
}

export function act(type: string, at = THURSDAY, id = `${type}-${at}`): InquirySignal {
  return { id, type, at: iso(epochMs(at)) };
}

export function known(...signals: InquirySignal[]): Known {
  return { signals, mx: 'takes_mail', suppressed: null };
}

export function received(world: World, arrival: InquiryArrival, ...signals: InquirySignal[]): Decision {
  return receiveInquiry(world, 'lead-1', arrival, known(...signals));
}

/** The decision's lead as it is after the save: one version later, nothing owed. */
export function saved({ lead }: Decision): Decision['lead'] {
  return { ...lead, version: lead.version + 1 };
}
