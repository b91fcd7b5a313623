import type { help as en } from '../en/help.ts'

export const help = {
  'help.title': 'Ajuda',
  'help.lead': 'Uma página para cada etapa. Não achou a resposta? Escreva para {email}.',
  'help.group.start': 'Primeiros passos',
  'help.group.register': 'Obter uma chave de licença',
  'help.group.manage': 'Gerenciar minhas licenças',
  'help.group.account': 'Minha conta',
  'help.group.staff': 'Para operadores',
  'help.next': 'A seguir:',
  'help.all': 'Todas as páginas de ajuda',
} satisfies Record<keyof typeof en, string>
