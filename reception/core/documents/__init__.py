"""文件: 制度 SOP 话术 礼仪 模板 资质 样册, in versions, published, read, searched (B3b, C3)."""
