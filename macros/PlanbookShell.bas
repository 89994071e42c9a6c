Attribute VB_Name = "PlanbookShell"
Option Explicit

' The way out of Excel: planbook's own folder, its service, its interpreter. Nothing is read from opened workbooks.

' The service writes its session file every few seconds; an older one was left behind by a service that died.
Private Const FRESH_SECONDS As Long = 20

' Hands the click to the resident service; False where none answers.
' On a Mac nothing here may ask it: the command that StartPlanbook starts hands the click over.
Public Function PostToService(ByVal click As String) As Boolean
    Dim session As String
    PostToService = False
    If IsMac() Then Exit Function
    If Not IsFresh(UserFile("service.json")) Then Exit Function
    session = TextOf(UserFile("service.json"))
    If session = "" Then Exit Function
    PostToService = Post(JsonValue(session, "port"), JsonValue(session, "token"), click)
End Function

Private Function Post(ByVal port As String, ByVal token As String, ByVal click As String) As Boolean
    Dim request As Object
    Post = False
    On Error GoTo NoAnswer
    Set request = CreateObject("WinHttp.WinHttpRequest.5.1")
    request.SetTimeouts 500, 500, 1000, 5000
    request.SetProxy 1
    request.Open "POST", "http://127.0.0.1:" & CStr(CLng(port)) & "/excel/click", False
    request.SetRequestHeader "Content-Type", "application/json"
    request.SetRequestHeader "X-Planbook-Token", token
    request.Send click
    Post = (request.Status = 202)
NoAnswer:
End Function

' Starts planbook by the interpreter that the installer wrote down; the sentence that says why not, or "".
Public Function StartPlanbook(ByVal arguments As String) As String
    Dim interpreter As String
    StartPlanbook = ""
    On Error GoTo Failed
    interpreter = SettingIn(TextOf(UserFile("excel-addin.txt")), "interpreter")
    If interpreter = "" Then
        StartPlanbook = Replace(Sentence("not_installed"), "%1", UserFile("excel-addin.txt"))
        Exit Function
    End If
    ' Excel on Windows does not know AppleScriptTask; an office program that ignores #If must not reach it either.
    #If Mac Then
        If IsMac() Then
            AppleScriptTask "planbook.applescript", "runPlanbook", arguments
            Exit Function
        End If
    #End If
    If Dir$(interpreter) = "" Then
        StartPlanbook = Replace(Sentence("no_interpreter"), "%1", interpreter)
        Exit Function
    End If
    Shell """" & interpreter & """ -P -m planbook " & arguments, vbHide
    Exit Function
Failed:
    StartPlanbook = Replace(Sentence("not_started"), "%1", Err.Description)
End Function

' The window by which planbook finds this Excel among several; 0 where there is only one.
Public Function ExcelWindow() As Long
    ExcelWindow = 0
    If IsMac() Then Exit Function
    On Error GoTo NoWindow
    ExcelWindow = CLng(Application.Hwnd)
NoWindow:
End Function

Public Function Sentence(ByVal key As String) As String
    Dim row As Long
    Sentence = key
    On Error GoTo NoSentence
    For row = 1 To 20
        If ThisWorkbook.Worksheets(1).Cells(row, 1).Value = key Then
            Sentence = ThisWorkbook.Worksheets(1).Cells(row, 2).Value
            Exit Function
        End If
    Next row
NoSentence:
End Function

' A file in the folder that planbook.workspace.user_folder names.
Private Function UserFile(ByVal name As String) As String
    If IsMac() Then
        UserFile = Split(Environ("HOME"), "/Library/Containers/")(0) & "/Library/Group Containers/UBF8T346G9.Office/planbook/" & name
    ElseIf Environ("PLANBOOK_USER_FOLDER") <> "" Then
        UserFile = Environ("PLANBOOK_USER_FOLDER") & "/" & name
    ElseIf Environ("LOCALAPPDATA") <> "" Then
        UserFile = Environ("LOCALAPPDATA") & "\planbook\" & name
    Else
        UserFile = Environ("HOME") & "/.local/share/planbook/" & name
    End If
End Function

Public Function IsMac() As Boolean
    IsMac = False
    On Error GoTo Unknown
    IsMac = (InStr(1, Application.OperatingSystem, "Mac") > 0)
Unknown:
End Function

Private Function IsFresh(ByVal path As String) As Boolean
    IsFresh = False
    On Error GoTo NotThere
    IsFresh = (Abs(DateDiff("s", FileDateTime(path), Now)) <= FRESH_SECONDS)
NotThere:
End Function

Private Function TextOf(ByVal path As String) As String
    Dim number As Integer
    Dim line As String
    Dim text As String
    TextOf = ""
    On Error GoTo NotThere
    number = FreeFile
    Open path For Input As #number
    Do While Not EOF(number)
        Line Input #number, line
        text = text & line & vbLf
    Loop
    Close #number
    TextOf = text
NotThere:
End Function
