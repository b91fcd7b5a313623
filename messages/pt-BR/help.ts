import type { help as en } from '../en/help.ts'

export const help = {
  'help.title': 'Ajuda',
  'help.lead': 'Uma página para cada etapa. Não achou a resposta? Escreva para {email}.',
  'help.group.start': 'Conta',
  'help.group.register': 'Obter uma chave de licença',
  'help.group.manage': 'Gerenciar minhas licenças',
  'help.next': 'A seguir:',
  'help.all': 'Todas as páginas de ajuda',
} satisfies Record<keyof typeof en, string>
