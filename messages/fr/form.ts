import type { form as en } from '../en/form.ts'

export const form = {
  'form.required': 'Remplissez ce champ',
  'form.too_short': 'Saisissez au moins {min, plural, one {# caractère} many {# de caractères} other {# caractères}}',
  'form.too_long': 'Saisissez au plus {max, plural, one {# caractère} many {# de caractères} other {# caractères}}',
  'form.too_small': 'Saisissez {min} ou plus',
  'form.too_big': 'Saisissez {max} ou moins',
  'form.email': 'Saisissez une adresse e-mail, par exemple nom@entreprise.fr',
  'form.number': 'Saisissez un nombre entier',
  'form.choose': 'Choisissez une des options',
  'form.invalid': 'Cette valeur n’est pas valide ici',
} satisfies Record<keyof typeof en, string>
