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
  'security.email.title': 'Endereço de e-mail',
  'security.email.now': 'O seu nome de usuário é {email}.',
  'security.email.new': 'Novo endereço de e-mail',
  'security.email.new_hint':
    'Os dois endereços recebem um link. Depois que você abrir os dois, em até três dias, o novo passa a valer.',
  'security.email.submit': 'Enviar os dois links',
  'security.email.same': 'Este já é o seu endereço',
  'security.email.sent': 'Enviamos um link para o endereço antigo e outro para o novo. Abra os dois em até três dias.',
  'security.email.waiting': 'O seu endereço passará a ser {email}. Abra os dois links até {until}.',
  'security.email.old_side': 'Endereço antigo, {email}',
  'security.email.new_side': 'Endereço novo, {email}',
  'security.email.confirmed': 'Confirmado',
  'security.email.not_yet': 'Aguarda o link',
  'security.email.cancel': 'Manter o endereço antigo',
  'security.email.cancelled': 'O seu endereço de e-mail continua o mesmo.',
  'security.email.confirm.title': 'Confirmar o novo endereço de e-mail',
  'security.email.confirm.lead': 'O seu nome de usuário muda de {old_email} para {new_email}.',
  'security.email.confirm.side': 'Você abriu o link enviado para {email}.',
  'security.email.confirm.submit': 'Confirmar',
  'security.email.confirm.wait': 'Confirmado. Agora abra o link enviado para {email}.',
  'security.email.confirm.done': 'O seu nome de usuário agora é {email}. Você saiu de todos os outros dispositivos.',
  'security.email.confirm.taken': 'Este endereço não pode mais ser usado. O seu endereço de e-mail continua o mesmo.',
  'security.email.expired.title': 'Este link não funciona mais',
  'security.email.expired.lead':
    'Ele foi usado ou cancelado, tem mais de três dias, ou pertence a outra conta que não a que você está usando.',
  'security.email.expired.back': 'Editar minha conta',
  'security.data.title': 'Meus dados',
  'security.data.what':
    'Tudo o que o portal guarda sobre você, em um arquivo JSON: perfil, participações, sessões, contratos, comentários e o que você fez.',
  'security.data.submit': 'Exportar meus dados',
  'security.close.title': 'Encerrar a conta',
  'security.close.what':
    'O seu acesso e os seus dados pessoais são removidos. As licenças continuam com a sua organização.',
  'security.close.lead': 'Não é possível desfazer isto.',
  'security.close.consequences': 'O que acontece',
  'security.close.login':
    'O seu acesso, sessões, chaves de acesso e códigos são removidos imediatamente. Você pode criar uma conta de novo com o mesmo endereço.',
  'security.close.name':
    'O seu nome e o seu endereço são substituídos por “{pseudonym}” no histórico; o que foi feito continua legível.',
  'security.close.licenses':
    'As licenças, as chaves e o histórico delas continuam com a organização. Onde você é contato técnico de uma licença, continua sendo até que um colega mude isso.',
  'security.close.alone':
    'Ninguém mais trabalha para {organization}. As licenças continuam registradas em nome dela, mas ninguém poderá mais gerenciá-las aqui.',
  'security.close.typed': 'Digite o seu nome de usuário para confirmar',
  'security.close.typed_wrong': 'Este não é o seu nome de usuário',
  'security.close.submit': 'Encerrar a minha conta',
  'security.close.done': 'A sua conta foi encerrada. Até logo!',
  'security.close.pseudonym': 'Antigo usuário {code}',
  'security.close.operator': 'Este acesso é da equipe do fornecedor. Um administrador do portal pode encerrá-lo.',
  'security.close.last_administrator':
    'Você é o último administrador de {organizations}. Antes, torne um colega administrador.',
  'security.close.members': 'Organização e membros',
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
  'security.mail.second_factor_reset.heading': 'O seu segundo fator foi removido',
  'security.mail.second_factor_reset.text':
    'O seu aplicativo autenticador, códigos de reserva e chaves de acesso do portal de licenças {vendor} foram removidos pelo nosso suporte, e você saiu de todos os dispositivos. A senha sozinha basta para entrar: configure um segundo fator de novo.',
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
  'security.mail.email.confirm.subject': 'Confirme o seu novo endereço de e-mail para {vendor}',
  'security.mail.email.confirm.heading': 'Confirme o seu novo endereço de e-mail',
  'security.mail.email.confirm.text':
    'O nome de usuário da sua conta no portal de licenças {vendor} deve mudar de {old_email} para {new_email}.',
  'security.mail.email.confirm.both':
    'Um link foi enviado para cada um dos dois endereços. Abra os dois em até três dias, em qualquer ordem.',
  'security.mail.email.confirm.action_old': 'Confirmar pelo endereço antigo',
  'security.mail.email.confirm.action_new': 'Confirmar pelo endereço novo',
  'security.mail.email.confirm.closing_old':
    'Não foi você? Não abra o link: sem ele nada muda. Mas alguém sabe a sua senha: troque-a em {url}',
  'security.mail.email.confirm.closing_new': 'Não sabe do que se trata? Então não faça nada.',
  'security.mail.email.taken.text':
    'Alguém, provavelmente você, quis usar o endereço {email} para outra conta no portal de licenças {vendor}. Ele já tem uma: entre com ela.',
  'security.mail.email.changed.subject': 'O seu endereço de e-mail para {vendor} foi alterado',
  'security.mail.email.changed.heading': 'O seu endereço de e-mail foi alterado',
  'security.mail.email.changed.text':
    'O nome de usuário da sua conta no portal de licenças {vendor} mudou de {old_email} para {new_email}. Você saiu de todos os outros dispositivos.',
  'security.mail.email.changed.closing': 'Não foi você? Avise o nosso suporte imediatamente.',
  'security.mail.closed.subject': 'A sua conta em {vendor} foi encerrada',
  'security.mail.closed.heading': 'A sua conta foi encerrada',
  'security.mail.closed.text':
    'A sua conta no portal de licenças {vendor} foi encerrada como você pediu, e os seus dados pessoais foram removidos. As licenças continuam com a sua organização.',
  'security.mail.closed.again': 'Você pode criar uma conta de novo com este endereço quando quiser.',
  'security.mail.closed.closing': 'Não foi você? Avise o nosso suporte imediatamente.',
} satisfies Record<keyof typeof en, string>
