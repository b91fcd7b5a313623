import type { security as en } from '../en/security.ts'

export const security = {
  'security.title': 'Acesso e segurança',
  'security.lead': 'Como você entra e onde está conectado.',
  'security.your_password': 'Sua senha',
  'security.your_password_hint': 'Para que ninguém faça isto em uma tela que você deixou aberta.',
  'security.cancel': 'Cancelar',
  'security.sessions.open': 'Ver minhas sessões',
  'security.session.password': 'Senha',
  'security.session.code': 'Senha e código',
  'security.session.backup_code': 'Senha e código de reserva',
  'security.session.passkey': 'Chave de acesso',
  'security.session.how': 'Entrou com',
  'security.app.title': 'Aplicativo autenticador',
  'security.app.what':
    'Depois da senha, é pedido um código de um aplicativo no seu telefone. Quem descobrir a sua senha não poderá fazer nada com ela.',
  'security.app.on': 'Ativado',
  'security.app.on_since':
    'Desde {date}. {left, plural, =0 {Não resta nenhum código de reserva} one {Resta # código de reserva} other {Restam # códigos de reserva}}.',
  'security.app.off': 'Desativado',
  'security.app.set_up': 'Configurar um aplicativo autenticador',
  'security.app.remove': 'Desativar',
  'security.app.setup.title': 'Configurar um aplicativo autenticador',
  'security.app.setup.lead':
    'Você precisa de um aplicativo de códigos de uso único (TOTP), como a maioria dos gerenciadores de senhas.',
  'security.app.setup.start': 'Continuar',
  'security.app.setup.scan': '1. Leia isto com o aplicativo',
  'security.app.setup.qr': 'Código QR para o aplicativo autenticador; a chave abaixo diz o mesmo',
  'security.app.setup.type':
    'Não consegue ler o código? Digite esta chave no aplicativo (baseado em tempo, 6 dígitos):',
  'security.app.setup.key': 'a chave',
  'security.app.setup.confirm': '2. Digite o código que o aplicativo mostra',
  'security.app.setup.submit': 'Ativar',
  'security.app.setup.others': 'Você sairá de todos os outros dispositivos.',
  'security.app.setup.expired': 'Passou mais de uma hora. Comece de novo.',
  'security.app.setup.wrong':
    'Este não é o código que o aplicativo mostra agora. O relógio do seu telefone está certo?',
  'security.app.done': 'O aplicativo autenticador está ativado.',
  'security.app.remove.title': 'Desativar o aplicativo autenticador',
  'security.app.remove.lead':
    'A senha sozinha bastará para entrar, e os seus códigos de reserva perderão a validade. As partes do portal que exigem um segundo fator ficarão fechadas para você.',
  'security.app.remove.submit': 'Desativar',
  'security.app.removed': 'O aplicativo autenticador está desativado.',
  'security.backup.title': 'Códigos de reserva',
  'security.backup.lead':
    'Se você perder o telefone, cada um deles permite entrar uma vez no lugar de um código. Eles são mostrados só agora.',
  'security.backup.keep': 'Guarde-os onde só você olha, e não no mesmo telefone.',
  'security.backup.download': 'Baixar',
  'security.backup.copy': 'os códigos de reserva',
  'security.backup.done': 'Já os guardei',
  'security.backup.file': 'Códigos de reserva de {email} para {vendor}, criados em {date}. Cada um vale uma vez.',
  'security.backup.new': 'Novos códigos de reserva',
  'security.backup.new.lead': 'Você recebe dez novos códigos. Os que você tem perdem a validade.',
  'security.backup.new.submit': 'Criar novos códigos',
  'security.code.title': 'Digite o seu código',
  'security.code.lead': 'A sua senha está certa. Agora digite o código que o seu aplicativo autenticador mostra.',
  'security.code.lead_backup':
    'A sua senha está certa. Agora digite um dos seus códigos de reserva; ele deixa de valer depois.',
  'security.code.label': 'Código',
  'security.code.label_backup': 'Código de reserva',
  'security.code.submit': 'Entrar',
  'security.code.use_backup': 'Usar um código de reserva',
  'security.code.use_app': 'Usar o aplicativo autenticador',
  'security.code.lost': 'Não tem nenhum dos dois? O suporte pode ajudar você a entrar de novo.',
  'security.code.again': 'Entrar com outra conta',
  'security.code.wrong': 'Este código não está certo ou já foi usado. Espere o próximo e tente de novo',
  'security.code.wrong_backup': 'Este código de reserva não está certo ou já foi usado',
  'security.code.late': 'Passaram mais de dez minutos. Entre de novo.',
  'security.passkeys.title': 'Chaves de acesso',
  'security.passkeys.what':
    'Entre com a sua impressão digital, o seu rosto ou o PIN do seu dispositivo, sem senha. Uma chave de acesso só funciona neste site: ninguém consegue enganar você para obtê-la.',
  'security.passkeys.add': 'Adicionar uma chave de acesso',
  'security.passkeys.none': 'Você ainda não tem chave de acesso',
  'security.passkeys.name': 'Nome',
  'security.passkeys.name_hint': 'Para distinguir as suas chaves de acesso, por exemplo “notebook do trabalho”.',
  'security.passkeys.added': 'Adicionada',
  'security.passkeys.used': 'Último uso',
  'security.passkeys.never': 'Nunca',
  'security.passkeys.manage': 'Gerenciar',
  'security.passkeys.manage_of': 'Gerenciar a chave de acesso {name}',
  'security.passkeys.unnamed': 'Chave de acesso',
  'security.passkeys.add.lead': 'O seu dispositivo pedirá a sua impressão digital, o seu rosto ou o PIN dele.',
  'security.passkeys.add.submit': 'Continuar neste dispositivo',
  'security.passkeys.unsupported':
    'Chaves de acesso precisam de script, de um navegador atual e de HTTPS em um endereço que seja um nome (e não um número). Aqui falta um deles.',
  'security.passkeys.failed':
    'Nenhuma chave de acesso foi criada ou usada: a operação foi cancelada, demorou demais, ou o dispositivo não conhece nenhuma para este site.',
  'security.passkeys.refused':
    'Não foi possível verificar esta chave de acesso. Tente de novo ou entre com a sua senha.',
  'security.passkeys.saved': 'A chave de acesso foi adicionada. A partir de agora você pode entrar com ela.',
  'security.passkeys.edit.title': 'Chave de acesso',
  'security.passkeys.rename': 'Renomear',
  'security.passkeys.renamed': 'A chave de acesso foi renomeada.',
  'security.passkeys.remove': 'Remover a chave de acesso',
  'security.passkeys.remove.what':
    'Ela não permitirá mais entrar. Onde o seu dispositivo a guarda, remova-a você mesmo.',
  'security.passkeys.removed': 'A chave de acesso foi removida.',
  'security.passkeys.sign_in': 'Entrar com uma chave de acesso',
  'security.mail.subject': '{heading} ({vendor})',
  'security.mail.action': 'Acesso e segurança',
  'security.mail.closing':
    'Não foi você? Troque a sua senha imediatamente, encerre as sessões que você não reconhece e avise o nosso suporte.',
  'security.mail.second_factor_on.heading': 'O seu aplicativo autenticador está ativado',
  'security.mail.second_factor_on.text':
    'A partir de agora, um código do seu aplicativo autenticador é pedido quando você entra no portal de licenças {vendor}. Você saiu de todos os outros dispositivos.',
  'security.mail.second_factor_off.heading': 'O seu aplicativo autenticador está desativado',
  'security.mail.second_factor_off.text':
    'O segundo fator da sua conta no portal de licenças {vendor} foi desativado. A senha sozinha basta para entrar.',
  'security.mail.backup_codes_renewed.heading': 'Novos códigos de reserva',
  'security.mail.backup_codes_renewed.text':
    'Novos códigos de reserva foram criados para a sua conta no portal de licenças {vendor}. Os anteriores perderam a validade.',
  'security.mail.backup_code_used.heading': 'Um código de reserva foi usado',
  'security.mail.backup_code_used.text':
    'Alguém, provavelmente você, entrou no portal de licenças {vendor} com um dos seus códigos de reserva. {left, plural, =0 {Não resta nenhum: crie novos} one {Resta #} other {Restam #}}.',
  'security.mail.passkey_added.heading': 'Uma chave de acesso foi adicionada',
  'security.mail.passkey_added.text':
    'A chave de acesso “{passkey}” foi adicionada à sua conta no portal de licenças {vendor}. Ela permite entrar sem senha.',
  'security.mail.passkey_removed.heading': 'Uma chave de acesso foi removida',
  'security.mail.passkey_removed.text':
    'A chave de acesso “{passkey}” da sua conta no portal de licenças {vendor} foi removida.',
} satisfies Record<keyof typeof en, string>
