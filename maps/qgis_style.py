"""stub"""
LAYER_TITLES={k:(k,k) for k in ("concentration","strike","control","advance","withdrawal","clash","front_line","front_band","unplaced","sources")}
def build_qml(table: object, language: str) -> str: return ""
