Attribute VB_Name = "PlanbookText"
Option Explicit

' Text between Excel and planbook, in ASCII whatever it says: code pages, quotes and % never come into it.

' An argument of the command line: other characters than these stand as ~ and four hexadecimal digits (UTF-16).
Private Const PLAIN As String = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.,:/"

Public Function Argument(ByVal name As String, ByVal value As String) As String
    Argument = """--" & name & "=" & EncodeText(value) & """"
End Function

Public Function EncodeText(ByVal text As String) As String
    Dim position As Long
    Dim character As String
    Dim encoded As String
    For position = 1 To Len(text)
        character = Mid$(text, position, 1)
        If InStr(1, PLAIN, character, vbBinaryCompare) > 0 Then
            encoded = encoded & character
        Else
            encoded = encoded & "~" & FourHexDigits(character)
        End If
    Next position
    EncodeText = encoded
End Function

Public Function DecodeText(ByVal encoded As String) As String
    Dim position As Long
    Dim character As String
    Dim text As String
    position = 1
    Do While position <= Len(encoded)
        character = Mid$(encoded, position, 1)
        If character = "~" Then
            text = text & ChrW$(FromHexDigits(Mid$(encoded, position + 1, 4)))
            position = position + 5
        Else
            text = text & character
            position = position + 1
        End If
    Loop
    DecodeText = text
End Function

Public Function JsonText(ByVal text As String) As String
    Dim position As Long
    Dim character As String
    Dim quoted As String
    For position = 1 To Len(text)
        character = Mid$(text, position, 1)
        If InStr(1, PLAIN, character, vbBinaryCompare) > 0 Then
            quoted = quoted & character
        Else
            quoted = quoted & "\u" & FourHexDigits(character)
        End If
    Next position
    JsonText = """" & quoted & """"
End Function

' The value of NAME in a flat JSON object whose texts hold no quotes; empty where it is not there.
Public Function JsonValue(ByVal json As String, ByVal name As String) As String
    Dim start As Long
    Dim rest As String
    JsonValue = ""
    start = InStr(1, json, """" & name & """", vbBinaryCompare)
    If start = 0 Then Exit Function
    rest = Trim$(Mid$(json, start + Len(name) + 2))
    If Left$(rest, 1) <> ":" Then Exit Function
    rest = Trim$(Mid$(rest, 2))
    If Left$(rest, 1) = """" Then
        JsonValue = Split(Mid$(rest, 2), """")(0)
    Else
        JsonValue = Trim$(Split(Split(rest, ",")(0), "}")(0))
    End If
End Function

' The value in the line NAME=VALUE of a settings text, decoded; empty where it is not there.
Public Function SettingIn(ByVal lines As String, ByVal name As String) As String
    Dim line As Variant
    SettingIn = ""
    For Each line In Split(Replace(lines, vbCr, ""), vbLf)
        If Left$(line, Len(name) + 1) = name & "=" Then
            SettingIn = DecodeText(Mid$(line, Len(name) + 2))
            Exit Function
        End If
    Next line
End Function

Private Function FourHexDigits(ByVal character As String) As String
    Dim unit As Long
    unit = AscW(character)
    If unit < 0 Then unit = unit + 65536
    FourHexDigits = Right$("000" & Hex$(unit), 4)
End Function

Private Function FromHexDigits(ByVal digits As String) As Long
    Dim position As Long
    Dim value As Long
    For position = 1 To Len(digits)
        value = value * 16 + InStr(1, "0123456789ABCDEF", UCase$(Mid$(digits, position, 1))) - 1
    Next position
    FromHexDigits = value
End Function
