import type { errors as en } from '../en/errors.ts'

export const errors = {
  'errors.not_signed_in.title': 'Entre na sua conta',
  'errors.not_signed_in.text': 'Esta página é para usuários conectados. Entre e você voltará a ela.',
  'errors.forbidden.title': 'Você não pode fazer isso',
  'errors.forbidden.text': 'Sua função nesta organização não permite. Um administrador da organização pode alterá-la.',
  'errors.not_found.title': 'Página não encontrada',
  'errors.not_found.text':
    'Não há nada neste endereço, ou você não tem acesso. Confira o endereço ou recomece pela página inicial.',
  'errors.method_not_allowed.title': 'Isso não pode ser feito aqui',
  'errors.method_not_allowed.text': 'O endereço existe, mas não para este tipo de solicitação.',
  'errors.stale.title': 'Alguém foi mais rápido',
  'errors.stale.text': 'O que você via mudou nesse meio-tempo. Recarregue a página e confira; nada foi sobrescrito.',
  'errors.gone.title': 'Não está mais disponível',
  'errors.gone.text': 'Este link expirou ou já foi usado. Recomece de onde você o obteve.',
  'errors.too_large.title': 'Grande demais',
  'errors.too_large.text': 'O que você enviou é maior do que esta página aceita. Envie menos de cada vez.',
  'errors.unsupported_media_type.title': 'Tipo de conteúdo desconhecido',
  'errors.unsupported_media_type.text': 'O tipo de conteúdo da solicitação não é aceito aqui.',
  'errors.invalid.title': 'Confira o que você digitou',
  'errors.invalid.text': 'Algum campo do formulário está faltando ou não é válido.',
  'errors.malformed.title': 'Não foi possível ler a solicitação',
  'errors.malformed.text': 'Ela chegou incompleta ou danificada. Volte e tente de novo.',
  'errors.too_many_requests.title': 'Tentativas demais',
  'errors.too_many_requests.text':
    'Por segurança, reduzimos o ritmo de tentativas repetidas. Aguarde alguns minutos e tente de novo.',
  'errors.internal.title': 'Algo deu errado do nosso lado',
  'errors.internal.text':
    'Nada foi alterado. Tente de novo; se acontecer outra vez, informe ao suporte o número da solicitação abaixo.',
  'errors.unavailable.title': 'Voltamos em instantes',
  'errors.unavailable.text':
    'O portal não consegue acessar o banco de dados agora. Nada se perdeu. Tente de novo em alguns segundos.',
  'errors.storage_full.title': 'Não há mais espaço para arquivos',
  'errors.storage_full.text':
    'O arquivo não foi gravado e nada mudou. Avise quem administra este portal e tente de novo.',
  'errors.session_ended.title': 'Sua sessão terminou',
  'errors.session_ended.text':
    'Nada foi gravado e nada do que você digitou se perdeu: entre em uma nova aba, volte a esta e recarregue-a. O navegador pergunta se deve enviar o formulário de novo; confirme.',
  'errors.session_ended.sign_in': 'Entrar (nova aba)',
  'errors.second_factor': 'A administração pede mais do que uma senha. Configure aqui um segundo fator e depois volte.',
  'errors.request_id': 'Número da solicitação: {id}',
} satisfies Record<keyof typeof en, string>
