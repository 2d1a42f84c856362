namespace Loa.Ui;

/// <summary>What a colour means, everywhere alike: red says that someone must act.</summary>
public enum Tone
{
    /// <summary>Nothing to say.</summary>
    Quiet,

    /// <summary>Under way, waiting for its turn.</summary>
    Going,

    /// <summary>Done, well.</summary>
    Good,

    /// <summary>Worth a look, not yet a fault.</summary>
    Warn,

    /// <summary>Someone must act.</summary>
    Act,
}

static class Tones
{
    public static string Class(this Tone tone) => "tone-" + tone.ToString().ToLowerInvariant();
}
