Attribute VB_Name = "PlanbookClick"
Option Explicit

' A click: where the clerk stands, handed to planbook; nothing is decided here.

' A longer list would not fit a command line; planbook then asks Excel for the selection itself.
Private Const LONGEST_SELECTION As Long = 2000

Public Sub ClickButton(ByVal buttonId As String)
    ClickButtonIn buttonId, ActiveBookPath(), ActiveSheetName(), SelectedCells()
End Sub

Public Sub ClickButtonIn(ByVal buttonId As String, ByVal bookPath As String, ByVal sheetName As String, ByVal selectedAddress As String)
    Dim failure As String
    Dim window As Long
    window = ExcelWindow()
    If PostToService(ClickAsJson(buttonId, bookPath, window, sheetName, selectedAddress)) Then
        ShowWorking
        Exit Sub
    End If
    failure = StartPlanbook(ClickAsArguments(buttonId, bookPath, window, sheetName, selectedAddress))
    If failure = "" Then
        ShowWorking
    Else
        MsgBox failure, vbExclamation, Sentence("title")
    End If
End Sub

Public Function ClickAsJson(ByVal buttonId As String, ByVal bookPath As String, ByVal window As Long, ByVal sheetName As String, ByVal selectedAddress As String) As String
    ClickAsJson = "{""button"":" & JsonText(buttonId) & ",""book"":" & JsonText(bookPath) & ",""hwnd"":" & CStr(window) & ",""instance"":""" & CStr(window) & """" _
        & ",""sheet"":" & JsonText(sheetName) & ",""selection"":" & JsonText(selectedAddress) & "}"
End Function

Public Function ClickAsArguments(ByVal buttonId As String, ByVal bookPath As String, ByVal window As Long, ByVal sheetName As String, ByVal selectedAddress As String) As String
    ClickAsArguments = "excel-click " & Argument("button", buttonId) & " " & Argument("book", bookPath) & " " & Argument("hwnd", CStr(window)) _
        & " " & Argument("sheet", sheetName) & " " & Argument("selection", selectedAddress)
End Function

Private Function ActiveBookPath() As String
    ActiveBookPath = ""
    On Error GoTo NoBook
    ActiveBookPath = ActiveWorkbook.FullName
NoBook:
End Function

Private Function ActiveSheetName() As String
    ActiveSheetName = ""
    On Error GoTo NoSheet
    ActiveSheetName = ActiveSheet.Name
NoSheet:
End Function

' Area by area: the address of a whole selection is cut off at 255 characters.
Private Function SelectedCells() As String
    Dim area As Object
    Dim found As String
    SelectedCells = ""
    On Error GoTo NoCells
    If TypeName(Selection) <> "Range" Then Exit Function
    For Each area In Selection.Areas
        If found <> "" Then found = found & ","
        found = found & area.Address
    Next area
    If Len(found) <= LONGEST_SELECTION Then SelectedCells = found
NoCells:
End Function

Private Sub ShowWorking()
    On Error GoTo NoStatusBar
    Application.StatusBar = Sentence("working")
NoStatusBar:
End Sub
