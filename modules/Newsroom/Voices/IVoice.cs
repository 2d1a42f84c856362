namespace Loa.Newsroom.Voices;

/// <summary>A voice that can read a text aloud: the place where better voices plug in.</summary>
interface IVoice
{
    /// <summary>The name that acts keep; never changed once used.</summary>
    string Name { get; }

    /// <summary>Key of the voice's name for people in Words.</summary>
    string LabelKey { get; }

    /// <summary>Raised when it sounds otherwise, so that no sentence of before stands among those of after.</summary>
    string Version { get; }

    /// <summary>Reads the text, already written out for reading, into a WAV file.</summary>
    Task Speak(string text, ReadingPace pace, string outputPath, CancellationToken cancel);

    /// <summary>How long it will take for that, silence before and after apart.</summary>
    TimeSpan Estimate(string text, ReadingPace pace);
}
