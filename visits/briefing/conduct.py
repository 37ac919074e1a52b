"""接待要求: the sixteen phrases of the regulation, as it says them, four to a line (A6)."""

CONDUCT = (
    ("着装整洁", "主动热情", "举止文明", "谈吐礼貌"),
    ("准备充分", "心中有数", "资料齐全", "数字准确"),
    ("思路清晰", "表达到位", "有张有弛", "讲求策略"),
    ("知识丰富", "业务熟练", "言行有度", "保守秘密"),
)
