/** Telephone numbers, read with the contact's country (policy book §6). */
import { isSupportedCountry, ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/min';

export interface PhoneVerdict {
  /** As it can be dialled from anywhere, without an extension; null if its length alone says that it is none. */
  e164: string | null;
  valid: boolean;
  /** What kind of value it is; null for a valid number. */
  valueClass: PhoneFault | null;
  /** In words, without the number. */
  because: string;
}

type PhoneFault =
  | 'not_a_number'
  | 'without_country'
  | 'unknown_country_code'
  | 'too_short'
  | 'too_long'
  | 'wrong_length'
  | 'no_such_number';

const BECAUSE: Record<PhoneFault, string> = {
  not_a_number: 'it is not a telephone number',
  without_country: "it has no country code, and the contact's country is not known",
  unknown_country_code: 'no country has its country code',
  too_short: 'it has too few digits',
  too_long: 'it has too many digits',
  wrong_length: 'its country has no numbers of its length',
  no_such_number: 'its country gives out no such numbers',
};

const FAULTS: Record<string, PhoneFault> = {
  NOT_A_NUMBER: 'not_a_number',
  TOO_SHORT: 'too_short',
  TOO_LONG: 'too_long',
  INVALID_LENGTH: 'wrong_length',
};

/**
 * Reads a number; words around it (`Tel.:`, `ext. 12`) do not matter.
 * @param country ISO 3166-1 alpha-2, for numbers written as within it; a number with a country code may be of another
 */
export function phoneOf(phone: string, country: string | undefined): PhoneVerdict {
  const code = country?.trim().toUpperCase();
  const home = code !== undefined && isSupportedCountry(code) ? code : undefined;
  try {
    const number = parsePhoneNumberWithError(home ? phone : withPlus(phone), home);
    if (!number.isPossible()) return fault('wrong_length');
    if (!number.isValid()) return fault('no_such_number', number.number);
    const where = number.country ?? `+${number.countryCallingCode}`;
    return { e164: number.number, valid: true, valueClass: null, because: `it is a number of ${where}` };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const abroad = withPlus(phone).includes('+');
    return fault(FAULTS[error.message] ?? (abroad ? 'unknown_country_code' : 'without_country'));
  }
}

/** Where the country is not known, 00 is what most countries dial before a country code (ITU-T E.164). */
function withPlus(phone: string): string {
  return phone.trim().replace(/^00(?=[1-9])/, '+');
}

function fault(valueClass: PhoneFault, e164: string | null = null): PhoneVerdict {
  return { e164, valid: false, valueClass, because: BECAUSE[valueClass] };
}
