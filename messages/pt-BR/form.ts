import type { form as en } from '../en/form.ts'

export const form = {
  'form.required': 'Preencha este campo',
  'form.too_short': 'Use pelo menos {min, plural, one {# caractere} many {# de caracteres} other {# caracteres}}',
  'form.too_long': 'Use no máximo {max, plural, one {# caractere} many {# de caracteres} other {# caracteres}}',
  'form.too_small': 'Digite {min} ou mais',
  'form.too_big': 'Digite {max} ou menos',
  'form.email': 'Digite um endereço de e-mail, por exemplo nome@empresa.com.br',
  'form.number': 'Digite um número inteiro',
  'form.choose': 'Escolha uma das opções',
  'form.invalid': 'Este valor não é válido aqui',
} satisfies Record<keyof typeof en, string>
