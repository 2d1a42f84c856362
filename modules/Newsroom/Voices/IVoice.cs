namespace Loa.Newsroom.Voices;

/// <summary>A voice that can read a text aloud: the place where better voices plug in.</summary>
interface IVoice
{
    /// <summary>The name that acts keep; never changed once used.</summary>
    string Name { get; }

    /// <summary>Key of the voice's name for people in Words.</summary>
    string LabelKey { get; }

    /// <summary>Reads the text, already written out for reading, into a sound file.</summary>
    Task Speak(string text, string outputPath, CancellationToken cancel);
}
