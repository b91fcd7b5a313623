export const form = {
  'form.required': 'Fill in this field',
  'form.too_short': 'Use at least {min, plural, one {# character} other {# characters}}',
  'form.too_long': 'Use at most {max, plural, one {# character} other {# characters}}',
  'form.too_small': 'Enter {min} or more',
  'form.too_big': 'Enter {max} or less',
  'form.email': 'Enter an e-mail address, for example name@company.com',
  'form.number': 'Enter a whole number',
  'form.choose': 'Choose one of the options',
  'form.invalid': 'This is not valid here',
} as const
