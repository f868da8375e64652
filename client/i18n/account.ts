/** Who is signed in, and what they can do about it. */
export const zh = {
  label: '账号：',
  password: '修改密码',
  secondFactor: '第二重验证',
  signOut: '退出登录',
  everywhere: '在所有设备上退出',
  role: {
    wall: '大屏',
    duty: '值班员',
    grid: '网格员',
    community: '社区经办',
    planner: '规划员',
    inspector: '督查员',
    admin: '管理员',
  },
  idle: {
    title: '您还在吗？',
    text: '已有 14 分钟没有操作。为防他人使用，即将自动退出；登录后会回到这里。',
    left: '{n} 秒后退出',
    stay: '继续工作',
  },
  notAllowed: {
    title: '慧治一张图 · 无权查看',
    heading: '此页不对您的角色开放',
    text: '当前账号：{name} · 角色：{role}。可以打开的页面：',
    other: '退出并换个账号',
  },
}

export const en: typeof zh = {
  label: 'Account:',
  password: 'Change password',
  secondFactor: 'Second factor',
  signOut: 'Sign out',
  everywhere: 'Sign out everywhere',
  role: {
    wall: 'Wall screen',
    duty: 'Duty officer',
    grid: 'Grid worker',
    community: 'Community handler',
    planner: 'Planner',
    inspector: 'Inspector',
    admin: 'Administrator',
  },
  idle: {
    title: 'Are you still there?',
    text: 'Nothing has been done for 14 minutes. You are about to be signed out; signing in brings you back here.',
    left: 'in {n} s',
    stay: 'Go on working',
  },
  notAllowed: {
    title: 'Huizhi Map · Not allowed',
    heading: 'This page is not for your role',
    text: 'Account: {name} · role: {role}. Pages that you can open:',
    other: 'Sign out and use another account',
  },
}
