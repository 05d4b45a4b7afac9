"""The command that prints what makes a shell complete Tabkeeper's words, projects and tags."""

from argparse import ArgumentParser, Namespace, RawTextHelpFormatter

from tabkeeper.cli.command import Command

_HOW = """\
Put this into the file that your shell reads at its start:
  bash  ~/.bashrc                   eval "$(tabkeeper completion bash)"
  zsh   ~/.zshrc, after compinit    eval "$(tabkeeper completion zsh)"
  fish  ~/.config/fish/config.fish  tabkeeper completion fish | source
"""


def _options(parser: ArgumentParser) -> None:
    parser.formatter_class = RawTextHelpFormatter
    parser.epilog = _HOW
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _run(given: Namespace) -> None:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["tabkeeper"], shell=given.shell))


COMMANDS = {"completion": Command("Print the completion of a shell", _options, _run)}
