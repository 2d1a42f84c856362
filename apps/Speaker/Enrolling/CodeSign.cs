namespace Loa.Speaker.Enrolling;

/// <summary>Where a person reads the claim code: on the speaker's console and in a file beside its data.</summary>
sealed class CodeSign(string folder, Action<string> show)
{
    readonly string file = Path.Combine(folder, "claim-code");
    string? shown;

    public void Show(string code)
    {
        if (shown == code)
            return;
        File.WriteAllText(file, code + "\n");
        show(code);
        shown = code;
    }

    public void TakeDown() => File.Delete(file);
}
