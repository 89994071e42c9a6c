Attribute VB_Name = "PlanbookRibbon"
Option Explicit

' What the ribbon calls: one callback for all buttons, told apart by their ids.

Public Const PLANBOOK_VERSION As String = "0.1.0"

Public Sub PlanbookButton(control As IRibbonControl)
    ClickButton control.Id
End Sub

' Says that the macros are alive, and which they are.
Public Function PlanbookCanary() As String
    PlanbookCanary = "planbook " & PLANBOOK_VERSION
End Function
