### Every sentence of Frontdesk in Arabic.

## Fields

field-email-address = عنوان البريد الإلكتروني
field-password = كلمة المرور
field-current-password = كلمة المرور الحالية
field-new-password = كلمة المرور الجديدة
field-first-name = الاسم الأول
field-last-name = اسم العائلة
field-code = رمز التحقق
field-organization-name = اسم المؤسسة
field-organization-slug = معرّف الرابط
field-optional = { $label } (اختياري)
field-password-hint =
    { $count ->
        [zero] { $count } حرف على الأقل.
        [one] حرف واحد على الأقل.
        [two] حرفان على الأقل.
        [few] { $count } أحرف على الأقل.
        [many] { $count } حرفًا على الأقل.
       *[other] { $count } حرف على الأقل.
    }
field-organization-slug-hint = أحرف لاتينية صغيرة وأرقام وشرطات.
field-code-hint = ستة أرقام.

## Actions

action-continue = متابعة
action-sign-in = تسجيل الدخول
action-sign-up = إنشاء حساب
action-sign-out = تسجيل الخروج
action-save = حفظ
action-cancel = إلغاء
action-back = رجوع
action-add = إضافة
action-remove = إزالة
action-verify = التحقق
action-close = إغلاق
action-try-again = إعادة المحاولة
action-show-password = إظهار كلمة المرور
action-hide-password = إخفاء كلمة المرور
action-resend = إرسال رمز جديد
action-resend-in =
    { $seconds ->
        [zero] إرسال رمز جديد بعد { $seconds } ثانية
        [one] إرسال رمز جديد بعد ثانية واحدة
        [two] إرسال رمز جديد بعد ثانيتين
        [few] إرسال رمز جديد بعد { $seconds } ثوانٍ
        [many] إرسال رمز جديد بعد { $seconds } ثانية
       *[other] إرسال رمز جديد بعد { $seconds } ثانية
    }
action-use-password = استخدام كلمة المرور بدلًا من ذلك
action-use-email-code = تلقّي رمز بالبريد الإلكتروني بدلًا من ذلك
action-other-way = استخدام طريقة أخرى

## What is going on

status-saved = تم الحفظ.
status-code-sent = رمز جديد في الطريق إليك.

## Signing in

sign-in-title = تسجيل الدخول إلى { $application }
sign-in-subtitle = مرحبًا بعودتك. يُرجى تسجيل الدخول للمتابعة.
sign-in-password-title = إدخال كلمة المرور
sign-in-password-subtitle = كلمة المرور الخاصة بحسابك.
sign-in-code-title = يُرجى الاطّلاع على بريدك الإلكتروني
sign-in-code-subtitle = إذا كان العنوان { $address } مرتبطًا بحساب، فسيصل إليه رمز من ستة أرقام.
sign-in-no-account = ليس لديك حساب بعد؟
sign-in-done-title = تم تسجيل دخولك
sign-in-done-subtitle = تم تسجيل الدخول باسم { $name }.
sign-in-edit-identifier = تغيير عنوان البريد الإلكتروني
sign-in-methods-title = استخدام طريقة أخرى
sign-in-methods-subtitle = تكفي أيٌّ من هذه الطرق لإثبات هويتك.

## Signing up

sign-up-title = إنشاء حسابك
sign-up-subtitle = مرحبًا بك في { $application }. نحتاج إلى بعض المعلومات للبدء.
sign-up-code-title = التحقق من بريدك الإلكتروني
sign-up-code-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام الذي أرسلناه إلى { $address }.
sign-up-have-account = هل لديك حساب بالفعل؟
sign-up-exists-title = لديك حساب بالفعل
sign-up-exists-subtitle = العنوان { $address } مرتبط بحساب. يُرجى تسجيل الدخول للمتابعة.
sign-up-restricted-title = التسجيل مغلق
sign-up-restricted-subtitle = الحسابات الجديدة متاحة بدعوة فقط.
sign-up-done-title = حسابك جاهز
sign-up-done-subtitle = تم تسجيل الدخول باسم { $name }.

## The user button

user-button-open = فتح قائمة الحساب
user-button-menu = الحساب
user-button-manage = إدارة الحساب

## The user profile

user-profile-title = حسابك
user-profile-subtitle = اسمك وعناوينك وكلمة مرورك.
user-profile-name = الاسم
user-profile-no-name = لا يوجد اسم بعد
user-profile-emails = عناوين البريد الإلكتروني
user-profile-password = كلمة المرور
user-profile-password-set = تم تعيين كلمة مرور.
user-profile-password-unset = لم يتم تعيين كلمة مرور.
user-profile-primary = أساسي
user-profile-unverified = لم يتم التحقق منه
user-profile-make-primary = تعيين كعنوان أساسي
user-profile-remove-email = إزالة { $address }
user-profile-make-primary-email = تعيين { $address } كعنوان أساسي
user-profile-verify-email = التحقق من { $address }
user-profile-add-email = إضافة عنوان بريد إلكتروني
user-profile-verify-title = التحقق من هذا العنوان
user-profile-verify-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام الذي أرسلناه إلى { $address }.
user-profile-change-password = تغيير كلمة المرور
user-profile-set-password = تعيين كلمة مرور
user-profile-sign-out-others = تسجيل الخروج من جميع الأجهزة الأخرى
user-profile-password-changed = تم تغيير كلمة مرورك.
user-profile-sign-out = تسجيل الخروج من هذا المتصفح
user-profile-sign-out-title = الجلسة
user-profile-signed-out = يُرجى تسجيل الدخول لعرض حسابك.

## The organization switcher

organization-switcher-open = تبديل المؤسسة
organization-switcher-menu = المؤسسات
organization-switcher-personal = الحساب الشخصي
organization-switcher-create = إنشاء مؤسسة
# Said of an organization (feminine) as of the personal account (masculine).
organization-switcher-role-admin = مشرف
organization-switcher-role-member = عضو

## Creating an organization

create-organization-title = إنشاء مؤسسة
create-organization-subtitle = مساحة يعمل فيها فريقك معًا.
create-organization-submit = إنشاء المؤسسة
create-organization-signed-out = يُرجى تسجيل الدخول لإنشاء مؤسسة.

## What went wrong

error-form-param-nil = يُرجى ملء هذا الحقل.
error-form-param-format-invalid = هذه القيمة لا تبدو صحيحة. يُرجى التحقق منها.
error-form-param-format-invalid-email-address = عنوان البريد الإلكتروني هذا غير مكتمل.
error-form-param-format-invalid-slug = يُسمح فقط بأحرف لاتينية صغيرة وأرقام، وبشرطات مفردة بينها.
error-form-param-value-invalid = هذه القيمة غير مسموح بها.
error-form-param-max-length-exceeded = هذا النص أطول من اللازم.
error-form-identifier-exists = هذه القيمة مستخدَمة بالفعل. يُرجى اختيار غيرها.
error-form-password-incorrect = كلمة المرور غير صحيحة، أو لا يوجد حساب كهذا.
error-form-password-length-too-short =
    { $count ->
        [zero] يُرجى استخدام { $count } حرف على الأقل.
        [one] يُرجى استخدام حرف واحد على الأقل.
        [two] يُرجى استخدام حرفين على الأقل.
        [few] يُرجى استخدام { $count } أحرف على الأقل.
        [many] يُرجى استخدام { $count } حرفًا على الأقل.
       *[other] يُرجى استخدام { $count } حرف على الأقل.
    }
error-form-password-length-too-long =
    { $count ->
        [zero] يُرجى استخدام { $count } حرف على الأكثر.
        [one] يُرجى استخدام حرف واحد على الأكثر.
        [two] يُرجى استخدام حرفين على الأكثر.
        [few] يُرجى استخدام { $count } أحرف على الأكثر.
        [many] يُرجى استخدام { $count } حرفًا على الأكثر.
       *[other] يُرجى استخدام { $count } حرف على الأكثر.
    }
error-form-password-size-in-bytes-exceeded = كلمة المرور هذه أطول من اللازم.
error-form-new-password-matches-current = هذه كلمة مرورك الحالية. يُرجى اختيار غيرها.
error-form-code-incorrect = هذا الرمز غير صحيح. يُرجى التحقق منه وإعادة المحاولة.
error-verification-expired = انتهت صلاحية هذا الرمز. يُرجى طلب رمز جديد.
error-verification-failed = أُدخلت رموز خاطئة كثيرة. يُرجى طلب رمز جديد.
error-verification-invalid = لم يعد هنا ما يلزم التحقق منه.
error-strategy-for-user-invalid = لا يمكن استخدام هذه الطريقة هنا.
error-session-exists = تم تسجيل دخولك بالفعل.
error-sign-in-attempt-not-found = استغرق ذلك وقتًا أطول من اللازم. يُرجى البدء من جديد.
error-resource-not-found = لم يعد هذا العنصر موجودًا.
error-authentication-invalid = يُرجى تسجيل الدخول من جديد.
error-authorization-invalid = ليس لديك إذن لإجراء ذلك.
error-too-many-requests =
    { $seconds ->
        [zero] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
        [one] محاولات كثيرة جدًا. يُرجى الانتظار ثانية واحدة.
        [two] محاولات كثيرة جدًا. يُرجى الانتظار ثانيتين.
        [few] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثوانٍ.
        [many] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
       *[other] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
    }
error-identification-deletion-failed = لا يمكن إزالة هذا العنوان لأنه عنوانك الأساسي.
error-sign-up-mode-restricted = الحسابات الجديدة متاحة بدعوة فقط.
error-organization-quota-exceeded = لا يمكنك إنشاء مؤسسة أخرى.
error-origin-invalid = لا يُسمح لهذه الصفحة بتسجيل دخول المستخدمين. على مالكها إضافتها إلى المصادر المسموح بها.
error-request-body-invalid = تعذّرت قراءة الطلب. يُرجى إعادة المحاولة.
error-service-unavailable = نواجه ضغطًا كبيرًا حاليًا. لم يُفقد أي شيء؛ يُرجى إعادة المحاولة.
error-internal-error = حدث خطأ من جانبنا. لم يُفقد أي شيء؛ يُرجى إعادة المحاولة.
error-offline = يبدو أنه لا يوجد اتصال بالإنترنت. لم يُفقد أي شيء؛ يُرجى إعادة المحاولة.
error-load = تعذّر التحميل.

## Mails

mail-code-subject = { $code } هو رمزك في { $application }
mail-code-title = رمز التحقق الخاص بك
mail-code-body = يُرجى إدخال هذا الرمز في { $application } للمتابعة. الرمز صالح لمرة واحدة، ولمدة عشر دقائق.
mail-code-note = إذا لم يكن هذا الطلب منك، فيمكنك تجاهل هذه الرسالة. يُرجى عدم إطلاع أي شخص على الرمز أبدًا.
mail-account-exists-subject = لديك حساب في { $application } بالفعل
mail-account-exists-title = لديك حساب بالفعل
mail-account-exists-body = حاول شخص ما، وربما أنت، إنشاء حساب في { $application } بهذا العنوان. العنوان مرتبط بحساب بالفعل، لذا يكفي تسجيل الدخول.
mail-account-exists-code = إذا كانت المحاولة منك، فيُرجى إدخال هذا الرمز حيث طُلب منك:
mail-password-changed-subject = تم تغيير كلمة مرورك في { $application }
mail-password-changed-title = تم تغيير كلمة مرورك
mail-password-changed-body = تم للتو تغيير كلمة مرور حسابك في { $application }.
mail-password-changed-note = إذا لم يكن هذا التغيير منك، فيُرجى تسجيل الدخول برمز وتغيير كلمة المرور فورًا.
mail-primary-address-changed-subject = تم تغيير عنوانك في { $application }
mail-primary-address-changed-title = تصل الرسائل الآن إلى عنوان آخر
mail-primary-address-changed-body = العنوان الأساسي لحسابك في { $application } هو الآن { $address }.
mail-primary-address-changed-note = إذا لم يكن هذا التغيير منك، فيُرجى تسجيل الدخول واستعادة العنوان السابق فورًا.

## Hosted pages

page-sign-in-title = تسجيل الدخول
page-sign-up-title = إنشاء حساب
page-user-title = حسابك
page-noscript = يتطلب تسجيل الدخول JavaScript. يُرجى السماح به لهذه الصفحة.
page-link-body = لا تتابع إلا إذا طلبت هذا الرابط باستخدام { $device }. وإلا فأغلق هذه الصفحة.
